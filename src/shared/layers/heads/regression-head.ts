import { defineLayer } from '../define.js'
import { number } from '../fields.js'
import { first } from '../geometry.js'
import { shapeText } from '../shapes.js'

/**
 * One number as the net's answer, trained to be the number of the image's class (0, 1, 2, …) by its squared distance from it. No
 * weights of its own.
 */
export const regressionHead = defineLayer({
  type: 'regression_head',
  title: 'Regression head',
  family: 'head',
  doc: 'An output of the net that is one number, for classes with an order: counts, grades, ages. It is trained to meet the number of the class, counted from 0, and being near counts as nearly right. An image is right if its class is the nearest.',
  formula: 'loss = weight · (x - label)²',
  inputs: 'one',
  params: { weight: number('Weight of this loss in the total.', 1, { min: 0, max: 1000 }) },
  summary: (p) => `loss weight ${p.weight}`,
  infer: (_p, inputs) => {
    const x = first(inputs)
    if (x.length === 1 && x[0] === 1) return x
    return {
      code: x.length === 1 ? 'shape/size' : 'shape/rank',
      message: `The regression head gets ${x.length === 1 ? 'a vector' : 'an image'} of ${shapeText(x)}, but answers with one number.`,
      hint: 'Put a dense layer with one unit in front of it, behind global average pooling or flatten.',
      input: 0,
    }
  },
  apply: (_c, _p, inputs) => first(inputs),
  head: {
    predicts: 'number',
    output: (_tf, _p, value) => value,
    loss: (tf, _p, value, labels) => tf.square(tf.sub(tf.reshape(value, [-1]), tf.cast(labels, 'float32'))),
  },
  keras: () => ['Activation', { activation: 'linear' }],
  pytorch: () => ['nn.Identity'],
  examples: [{ inputs: [[1]] }, { inputs: [[1]], params: { weight: 0.5 } }],
})
