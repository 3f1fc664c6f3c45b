import { emptyDocument, type Document, type DocumentNode } from '../../../shared/document/document.js'
import { kindOf } from '../../../shared/document/kinds.js'
import { defaultsOf } from '../../../shared/layers/fields.js'

type Link = readonly [id: string, type: string, params?: Readonly<Record<string, unknown>>]

const CHAIN: readonly Link[] = [
  ['image', 'input', { height: 4, width: 4, channels: 1 }],
  ['conv', 'conv2d', { filters: 2 }],
  ['norm', 'batch_norm'],
  ['act', 'relu'],
  ['flat', 'flatten'],
  ['logits', 'dense', { units: 2 }],
  ['main', 'head'],
]

/** A convolution, batch norm and a dense layer on 4x4 images of one channel, two classes: compiled in a moment. */
export const testNet: Document = {
  ...emptyDocument('Device test'),
  nodes: Object.fromEntries(
    CHAIN.map(([id, type, params = {}]): [string, DocumentNode] => {
      return [id, { type, params: { ...defaultsOf(kindOf(type)?.params ?? {}), ...params }, at: [0, 0] }]
    }),
  ),
  wires: CHAIN.slice(1).map(([to], i) => ({ from: (CHAIN[i] as Link)[0], to, input: 0 })),
}
