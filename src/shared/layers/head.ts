import { defineLayer } from './define.js'
import { number } from './fields.js'
import { first } from './geometry.js'
import { shapeText } from './shapes.js'

/**
 * Softmax classifier on a vector of logits, one per class; no weights of its own. `apply` returns the logits: softmax
 * and cross-entropy belong to the step, where they are computed together.
 */
export const head = defineLayer({
  type: 'head',
  title: 'Head',
  family: 'head',
  doc: 'An output of the net: softmax over the classes, trained with cross-entropy. A net may have several heads; their losses are added with their weights.',
  formula: 'p = softmax(x); loss = -weight · ln p[label]',
  source: 'Bridle 1990',
  inputs: 'one',
  params: { weight: number('Weight of this loss in the total.', 1, { min: 0, max: 1000 }) },
  summary: (p) => `loss weight ${p.weight}`,
  infer: (_p, inputs) => {
    const x = first(inputs)
    if (x.length === 1) return x
    return {
      code: 'shape/rank',
      message: `The head gets an image of ${shapeText(x)}, but needs a vector with one value per class.`,
      hint: 'Insert global average pooling or flatten, then a dense layer with one unit per class.',
      input: 0,
    }
  },
  apply: (_c, _p, inputs) => first(inputs),
  keras: () => ['Softmax', {}],
  pytorch: () => ['nn.Softmax', { dim: 1 }],
  examples: [{ inputs: [[5]] }, { inputs: [[2]], params: { weight: 0.3 } }],
})
