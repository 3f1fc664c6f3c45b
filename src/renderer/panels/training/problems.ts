import type { DataSummary, Device } from '../../../shared/api.js'
import type { Command } from '../../../shared/document/commands.js'
import type { Analysis } from '../../../shared/graph/graph.js'
import { sizeOf } from '../../../shared/layers/shapes.js'
import type { TrainingSettings } from '../../../shared/training/settings.js'
import type { Loaded } from '../../stores/cache.js'

/** Something that keeps a run from starting, in words, with the command that mends it where one is obvious. */
export interface Obstacle {
  readonly message: string
  readonly hint: string
  readonly fix?: { readonly title: string; readonly command: Command }
}

export interface Plan {
  readonly analysis: Analysis
  readonly settings: TrainingSettings
  readonly data: Loaded<DataSummary>
  readonly devices: Loaded<readonly Device[]>
}

/** How a command sets a parameter of a node; handed in, so that this file stays free of the document. */
export type SetParam = (node: string, name: string, value: unknown) => Command

/** Everything that keeps this plan from being trained, most basic first; empty if nothing does. */
export function obstacles(plan: Plan, setParam: SetParam): readonly Obstacle[] {
  return [...netObstacles(plan.analysis), ...dataObstacles(plan, setParam), ...deviceObstacles(plan)]
}

function netObstacles({ issues, heads }: Analysis): Obstacle[] {
  const errors = issues.filter((issue) => issue.severity === 'error')
  if (errors.length > 0) return errors.map(({ message, hint, fix }) => ({ message, hint, ...(fix ? { fix } : {}) }))
  if (heads.length > 0) return []
  return [{ message: 'The net has no head.', hint: 'Add a head behind a dense layer, or start from a template.' }]
}

function dataObstacles({ analysis, settings, data }: Plan, setParam: SetParam): Obstacle[] {
  if (data.state === 'failed') return [data.error]
  if (data.state === 'loading') return []
  const { classes, title, train } = data.value
  if (train === 0) return [{ message: `${title} has no images to train on.`, hint: 'Choose other data.' }]
  const tooLarge = settings.batch > train
  const batch = `The batch of ${settings.batch} is larger than the ${train} training images of ${title}.`
  return [
    ...classObstacles(analysis, title, classes.length, setParam),
    ...(tooLarge ? [{ message: batch, hint: `Set the batch to ${train} or less.` }] : []),
  ]
}

function classObstacles(analysis: Analysis, title: string, classes: number, setParam: SetParam): Obstacle[] {
  return analysis.heads.flatMap((head) => {
    const units = head.shape && sizeOf(head.shape)
    if (units === undefined || units === classes) return []
    const message = `Head ${head.id} has ${units} classes, but ${title} has ${classes}.`
    const dense = denseBefore(analysis, head.id)
    if (dense === undefined) {
      return [{ message, hint: `Give the layer before ${head.id} ${classes} units, or choose other data.` }]
    }
    return [
      {
        message,
        hint: `The layer ${dense} before it needs ${classes} units.`,
        fix: { title: `Set units to ${classes}`, command: setParam(dense, 'units', classes) },
      },
    ]
  })
}

/** The dense layer on the canvas whose units are the classes of a head: the last one before it. */
function denseBefore({ graph }: Analysis, head: string): string | undefined {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]))
  let node = byId.get(graph.outputs[head] ?? head)
  while (node) {
    if (node.layer.type === 'dense') return node.id === node.origin ? node.id : undefined
    node = node.inputs.length === 1 ? byId.get(node.inputs[0]!) : undefined
  }
  return undefined
}

function deviceObstacles({ settings, devices }: Plan): Obstacle[] {
  if (devices.state !== 'ready' || settings.device === 'auto') return []
  const device = devices.value.find(({ name }) => name === settings.device)
  if (device?.available) return []
  const title = device?.title ?? settings.device
  return [{ message: `${title} is not available.`, hint: device?.detail ?? 'Choose another device.' }]
}
