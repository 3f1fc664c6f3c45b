import type { BlockDefinition, BlockParam, Document } from '../../src/shared/document/document.js'
import { graphOf, type Short } from './graph-of.js'

/** An own block in short: nodes between one input `in` and one output fed by the last node. */
export function blockFrom(
  nodes: Readonly<Record<string, Short>>,
  params: readonly BlockParam[] = [],
  last = Object.keys(nodes).at(-1),
): BlockDefinition {
  const inner = graphOf(nodes)
  return {
    title: 'Block',
    doc: '',
    inputs: [{ id: 'in', at: [-208, 0] }],
    outputs: [{ id: 'out', at: [1000, 0] }],
    params,
    nodes: inner.nodes,
    wires: last === undefined ? inner.wires : [...inner.wires, { from: last, to: 'out', input: 0 }],
  }
}

/** A net of 8x8x3 images with own blocks: `body` between the input and a classifier of five classes. */
export function netOf(
  blocks: Readonly<Record<string, BlockDefinition>>,
  body: Readonly<Record<string, Short>>,
  last = Object.keys(body).at(-1) ?? 'input',
): Document {
  const net = graphOf({
    input: ['input', { height: 8, width: 8 }],
    ...body,
    pool: ['global_average_pool', {}, last],
    logits: ['dense', { units: 5 }, 'pool'],
    main: ['head', {}, 'logits'],
  })
  return { ...net, blocks }
}

/** A parameter that is a whole number. */
export function whole(name: string, value: number, limits: { readonly min?: number; readonly max?: number } = {}) {
  return { name, kind: 'int', doc: 'Channels.', default: value, min: 1, max: 4096, ...limits } as const
}
