import { emptyDocument, type Document, type DocumentNode } from '../../src/shared/document/document.js'
import { kindOf } from '../../src/shared/document/kinds.js'
import { defaultsOf } from '../../src/shared/layers/fields.js'

/** A node in short: type, the parameters that differ from the defaults, and the nodes that feed it. */
export type Short = readonly [type: string, params?: Readonly<Record<string, unknown>>, ...inputs: string[]]

/** A document from short nodes, for tests. */
export function graphOf(nodes: Readonly<Record<string, Short>>): Document {
  const entries = Object.entries(nodes)
  return {
    ...emptyDocument('Test'),
    nodes: Object.fromEntries(
      entries.map(([id, [type, params = {}]], i): [string, DocumentNode] => [
        id,
        { type, params: { ...defaultsOf(kindOf(type)?.params ?? {}), ...params }, at: [i * 208, 0] },
      ]),
    ),
    wires: entries.flatMap(([to, [, , ...inputs]]) => inputs.map((from, input) => ({ from, to, input }))),
  }
}

/** Input 8x8x3, one convolution, pooling, dense and head: the smallest net without issues. */
export const SMALL = graphOf({
  input: ['input', { height: 8, width: 8 }],
  conv: ['conv2d', { filters: 4 }, 'input'],
  pool: ['global_average_pool', {}, 'conv'],
  logits: ['dense', { units: 5 }, 'pool'],
  main: ['head', {}, 'logits'],
})
