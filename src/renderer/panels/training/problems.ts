import type { DataSummary, Device } from '../../../shared/api.js'
import type { Command } from '../../../shared/document/commands.js'
import type { Document } from '../../../shared/document/document.js'
import { setAt, settingPlace, type SettingPlace } from '../../../shared/document/setting-place.js'
import type { Analysis } from '../../../shared/graph/graph.js'
import { sizeOf } from '../../../shared/layers/shapes.js'
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

function netObstacles({ issues, heads }: Analysis): Obstacle[] {
  const errors = issues.filter((issue) => issue.severity === 'error')
  if (errors.length > 0) return errors.map(({ message, hint, fix }) => ({ message, hint, ...(fix ? { fix } : {}) }))
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
  const wrong = analysis.heads.flatMap((head) => {
    const units = head.shape && sizeOf(head.shape)
    return units === undefined || units === classes || head.predicts === 'number' ? [] : [{ id: head.id, units }]
  })
  if (wrong.length === 0) return []
  const names = wrong.map(({ id, units }) => `${words(id)} has ${units}`).join(', ')
  const message = `${title} has ${classes} classes, but head ${names}.`
  const places = wrong.map(({ id }) => classesPlace(analysis, document, id))
  const known = places.filter((place) => place !== undefined)
  if (known.length < places.length) {
    return [{ message, hint: `Give the layer before each head ${classes} units, or choose other data.` }]
  }
  const commands = known.map((place) => setAt(place, classes))
  const command: Command = (edited) => commands.reduce((d, one) => one(d), edited)
  const hint = `The layer before it needs ${classes} units.`
  return [{ message, hint, fix: { title: `Set units to ${classes}`, command } }]
}

/** What decides the classes of a head: units of the dense layer before it, or a parameter of the block it is in. */
function classesPlace({ graph }: Analysis, document: Document, head: string): SettingPlace | undefined {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]))
  let node = byId.get(graph.outputs[head] ?? head)
  while (node && node.layer.type !== 'dense') {
    node = node.inputs.length === 1 ? byId.get(node.inputs[0]!) : undefined
  }
  return node && settingPlace(document, node.id, 'classes', 'units')
}

function deviceObstacles({ settings, devices }: Plan): Obstacle[] {
  if (devices.state !== 'ready' || settings.device === 'auto') return []
  const device = devices.value.find(({ name }) => name === settings.device)
  if (device?.available) return []
  const title = device?.title ?? settings.device
  return [{ message: `${title} is not available.`, hint: device?.detail ?? 'Choose another device.' }]
}
