import type { Scene, SceneNode } from '../../canvas/scene.js'
import { familyOf } from '../../catalogue/names.js'
import type { SeenNet } from '../../stores/looks.js'
import { grouped, scientific } from '../../ui/format.js'
import type { NodeLook, WeightLook } from '../../../shared/training/events.js'
import { fromFrontToBack } from '../outline/order.js'

/** What of the gradient is drawn: how strongly it arrives, how hard it pulls at the weights, how far these move. */
export type Measure = 'outputs' | 'weights' | 'updates'

/** One bar: a node of the picture and its number, 0 where no gradient arrives; left out where it is not finite. */
export interface Bar extends Pick<NodeLook, 'gradient' | 'bad'> {
  readonly id: string
  readonly title: string
}

/** Heads of a picture, the main head first where it is known. */
export function headsOf({ nodes }: Scene, main: string | undefined): readonly SceneNode[] {
  const heads = nodes.filter(({ type }) => familyOf(type) === 'head')
  return [...heads.filter(({ id }) => id === main), ...heads.filter(({ id }) => id !== main)]
}

/** Nodes on any way to `end` and itself, or all, each after those that feed it. */
export function nodesTo(scene: Scene, end: string | undefined): readonly SceneNode[] {
  const ordered = fromFrontToBack(scene)
  if (end === undefined) return ordered
  const sources = new Map(scene.nodes.map(({ id }): [string, string[]] => [id, []]))
  for (const { from, to } of scene.wires) sources.get(to)?.push(from)
  const found = new Set([end])
  // A set is walked to its end while it grows.
  for (const id of found) for (const from of sources.get(id) ?? []) found.add(from)
  return ordered.filter(({ id }) => found.has(id))
}

/** The bars of nodes that have the number; images that come in have no gradient. */
export function barsOf(nodes: readonly SceneNode[], seen: SeenNet, measure: Measure): readonly Bar[] {
  return nodes.flatMap(({ id, title, inputs }) => {
    const look = inputs === 'none' ? undefined : numberOf(id, seen, measure)
    return look ? [{ id, title, ...look }] : []
  })
}

function numberOf(id: string, seen: SeenNet, measure: Measure): Pick<NodeLook, 'gradient' | 'bad'> | undefined {
  if (measure === 'outputs') return seen.of(id)?.look
  const weights = seen.weightsIn(id)
  if (measure === 'weights') return weights.length === 0 ? undefined : finite(norm(weights, (w) => w.gradient))
  const moved = weights.filter(({ ratio }) => ratio !== undefined)
  if (moved.length === 0) return undefined
  return finite(norm(moved, ({ ratio, norm: size }) => ratio! * (size ?? NaN)) / norm(moved, (w) => w.norm))
}

/** Norm of several weights together from that of each. */
function norm(weights: readonly WeightLook[], of: (weight: WeightLook) => number | undefined): number {
  return Math.sqrt(weights.reduce((sum, weight) => sum + (of(weight) ?? NaN) ** 2, 0))
}

function finite(value: number): Pick<NodeLook, 'gradient' | 'bad'> {
  return Number.isFinite(value) ? { gradient: value } : { bad: ['gradient'] }
}

/** What the bars say in a sentence: how much is lost on the way from the last to the first, or where nothing arrives. */
export function lossOnTheWay(bars: readonly Bar[]): string | undefined {
  const none = bars.filter(({ gradient }) => gradient === 0)
  if (none.length > 0) return `Nothing arrives at ${none.length === 1 ? none[0]!.title : `${none.length} nodes`}.`
  const known = bars.filter(({ gradient }) => gradient !== undefined)
  const [first, last] = [known[0], known.at(-1)]
  if (!first || !last || first === last) return undefined
  const times = last.gradient! / first.gradient!
  const by = times >= 1 ? `${factor(times)} times smaller` : `${factor(1 / times)} times larger`
  return `${first.title}: ${by} than ${last.title}.`
}

function factor(times: number): string {
  return times < 10 ? times.toFixed(1) : times < 1e6 ? grouped(Math.round(times)) : scientific(times)
}

/** What a bar says when it is pointed at. */
export function barWords({ gradient }: Bar): string {
  return gradient === undefined ? 'not finite' : gradient === 0 ? 'no gradient' : scientific(gradient)
}
