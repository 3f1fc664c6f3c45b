import type { Analysis } from '../graph/graph.js'
import type { NodeLook, ProbeEvent, WeightLook } from '../training/events.js'
import { probeOrder } from './probe.js'
import { netOf } from './state.js'

/** What a look saw, by node, weight and head. */
export type ProbeReport = Pick<ProbeEvent, 'nodes' | 'weights' | 'heads'>

/** The vectors that a `probe` step returns, by name; see `probe.ts`. */
export type ProbeVectors = Readonly<Record<string, ArrayLike<number>>>

/** What the vectors of a probe say, by node, weight and head. */
export function probeReport(analysis: Analysis, vectors: ProbeVectors): ProbeReport {
  const order = probeOrder({ analysis })
  const root = (name: string, i: number) => Math.sqrt(vectors[name]?.[i] ?? 0)
  const weights = netOf(analysis).trainable.map(({ name }, i): [string, WeightLook] => {
    const [gradient, norm, change] = [root('gradient', i), root('weight', i), root('update', i)]
    return [name, finite({ gradient, norm, ...(norm > 0 && { ratio: change / norm }) })]
  })
  const broken = new Set(
    weights.filter(([, look]) => look.norm === undefined).map(([name]) => name.slice(0, name.lastIndexOf('/'))),
  )
  const dead = new Map(order.dying.map((id, i) => [id, vectors['dead']?.[i] ?? 0]))
  const nodes = order.nodes.map((id, i): [string, NodeLook] => {
    const looks = { output: root('output', i), gradient: root('backward', i) }
    const bad = [
      ...(broken.has(id) ? (['weights'] as const) : []),
      ...(['output', 'gradient'] as const).filter((name) => !Number.isFinite(looks[name])),
    ]
    const share = dead.get(id)
    return [
      id,
      { ...finite({ ...looks, ...(share !== undefined && { dead: share }) }), ...(bad.length > 0 && { bad }) },
    ]
  })
  const heads = order.heads.map((id, i) => [id, finite({ gradient: root('heads', i) })] as const)
  return { nodes: Object.fromEntries(nodes), weights: Object.fromEntries(weights), heads: Object.fromEntries(heads) }
}

/** Where numbers stop being finite. */
export interface Culprit {
  readonly node: string
  readonly what: 'weights' | 'output' | 'gradient'
  /** It is the images themselves. */
  readonly isInput: boolean
}

/** The first node of the net whose weights or output are not finite, else the last whose gradient is not. */
export function firstBad({ nodes }: ProbeReport, { graph }: Pick<Analysis, 'graph'>): Culprit | undefined {
  const bad = Object.entries(nodes).flatMap(([node, look]) => (look.bad ?? []).map((what) => ({ node, what })))
  // Gradients come from the other side: the last node of the net is the first on their way.
  const found = bad.find(({ what }) => what !== 'gradient') ?? bad.at(-1)
  const isInput = graph.nodes.some(({ id, layer }) => id === found?.node && layer.inputs === 'none')
  return found && { ...found, isInput }
}

/** Six digits are what float32 is good for; numbers that are not finite are left out. */
function finite<T extends Readonly<Record<string, number>>>(values: T): { readonly [K in keyof T]?: number } {
  const kept = Object.entries(values).filter(([, value]) => Number.isFinite(value))
  return Object.fromEntries(kept.map(([name, value]) => [name, Number(value.toPrecision(6))])) as {
    readonly [K in keyof T]?: number
  }
}
