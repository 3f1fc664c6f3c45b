import type { DataSummary, Device } from '../../../shared/api.js'
import type { Command } from '../../../shared/document/commands.js'
import type { Document } from '../../../shared/document/document.js'
import { headsWithout, setClasses } from '../../../shared/graph/classes.js'
import type { Analysis } from '../../../shared/graph/graph.js'
import type { TrainingSettings } from '../../../shared/training/settings.js'
import { words } from '../../ui/format.js'
import type { Loaded } from '../../stores/cache.js'

/** Something that keeps a run from starting, in words, with the command that mends it where one is obvious. */
export interface Obstacle {
  readonly message: string
  readonly hint: string
  readonly fix?: { readonly title: string; readonly command: Command }
}

export interface Plan {
  readonly document: Document
  readonly analysis: Analysis
  readonly settings: TrainingSettings
  readonly data: Loaded<DataSummary>
  readonly devices: Loaded<readonly Device[]>
}

/** Everything that keeps this plan from being trained, most basic first; empty if nothing does. */
export function obstacles(plan: Plan): readonly Obstacle[] {
  return [...netObstacles(plan.analysis), ...dataObstacles(plan), ...deviceObstacles(plan)]
}

function netObstacles({ issues, heads }: Analysis): readonly Obstacle[] {
  const errors = issues.filter((issue) => issue.severity === 'error')
  if (errors.length > 0) return errors
  if (heads.length > 0) return []
  return [{ message: 'The net has no head.', hint: 'Add a head behind a dense layer, or start from a template.' }]
}

function dataObstacles(plan: Plan): Obstacle[] {
  const { settings, data } = plan
  if (data.state === 'failed') return [data.error]
  if (data.state === 'loading') return []
  const { classes, title, train } = data.value
  if (train === 0) return [{ message: `${title} has no images to train on.`, hint: 'Choose other data.' }]
  const tooLarge = settings.batch > train
  const batch = `The batch of ${settings.batch} is larger than the ${train} training images of ${title}.`
  return [
    ...classObstacles(plan, title, classes.length),
    ...(tooLarge ? [{ message: batch, hint: `Set the batch to ${train} or less.` }] : []),
  ]
}

/** All heads that answer with another number of classes than the data has, with one fix for them where each has its place. */
function classObstacles({ analysis, document }: Plan, title: string, classes: number): Obstacle[] {
  const wrong = headsWithout(analysis, classes)
  if (wrong.length === 0) return []
  const names = wrong.map(({ id, units }) => `${words(id)} has ${units}`).join(', ')
  const message = `${title} has ${classes} classes, but head ${names}.`
  const heads = wrong.map(({ id }) => id)
  const command = setClasses(document, analysis, heads, classes)
  if (!command) return [{ message, hint: `Give the layer before each head ${classes} units, or choose other data.` }]
  const hint = `The layer before it needs ${classes} units.`
  return [{ message, hint, fix: { title: `Set units to ${classes}`, command } }]
}

function deviceObstacles({ settings, devices }: Plan): Obstacle[] {
  if (devices.state !== 'ready' || settings.device === 'auto') return []
  const device = devices.value.find(({ name }) => name === settings.device)
  if (device?.available) return []
  const title = device?.title ?? settings.device
  return [{ message: `${title} is not available.`, hint: device?.detail ?? 'Choose another device.' }]
}
