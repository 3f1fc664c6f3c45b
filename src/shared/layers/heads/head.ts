import { defineLayer } from '../define.js'
import { choice, number, numbers } from '../fields.js'
import { first } from '../geometry.js'
import { shapeText, type Misfit, type Shape } from '../shapes.js'
import { binaryCrossEntropy, smoothedCrossEntropy, weighByClass } from './cross-entropy.js'

/**
 * Classifier on a vector of logits, one per class; no weights of its own. `apply` returns the logits: softmax and
 * cross-entropy belong to the step, where they are computed together. Class weights multiply the loss of each image, whose mean
 * is taken over the batch as in Keras; PyTorch divides by the sum of the weights instead.
 */
export const head = defineLayer({
  type: 'head',
  title: 'Head',
  family: 'head',
  doc: 'An output of the net, trained with cross-entropy. Softmax shares 1 out over the classes; sigmoid asks for every class by itself, where the data says of each image which one class is there. A net may have several heads; their losses are added with their weights.',
  formula: 'p = softmax(x); loss = -weight · ln p[label]',
  source: 'Bridle 1990',
  inputs: 'one',
  params: {
    weight: number('Weight of this loss in the total.', 1, { min: 0, max: 1000 }),
    kind: choice(
      'Whether classes exclude each other (softmax) or are asked for one by one (sigmoid).',
      'softmax',
      'sigmoid',
    ),
    smoothing: number(
      'Share of the target spread over all classes while training; 0 takes that of the training settings.',
      0,
      {
        min: 0,
        max: 0.99,
      },
    ),
    class_weights: numbers('How much images of each class count, in the order of the classes; empty: all the same.', {
      min: 0,
      max: 1e6,
    }),
  },
  summary: (p) => `${p.kind === 'sigmoid' ? 'sigmoid, ' : ''}loss weight ${p.weight}`,
  infer: (p, inputs) => {
    const x = first(inputs)
    if (x.length === 1) return weightsMisfit(p.class_weights, x) ?? x
    return {
      code: 'shape/rank',
      message: `The head gets an image of ${shapeText(x)}, but needs a vector with one value per class.`,
      hint: 'Insert global average pooling or flatten, then a dense layer with one unit per class.',
      input: 0,
    }
  },
  apply: (_c, _p, inputs) => first(inputs),
  head: {
    predicts: 'classes',
    output: (tf, p, logits) => (p.kind === 'sigmoid' ? tf.sigmoid(logits) : tf.softmax(logits)),
    loss: (tf, p, logits, labels, smoothing) => {
      const crossEntropy = p.kind === 'sigmoid' ? binaryCrossEntropy : smoothedCrossEntropy
      return weighByClass(tf, crossEntropy(tf, logits, labels, p.smoothing || smoothing), labels, p.class_weights)
    },
  },
  keras: (p) => (p.kind === 'sigmoid' ? ['Activation', { activation: 'sigmoid' }] : ['Softmax', {}]),
  pytorch: (p) => (p.kind === 'sigmoid' ? ['nn.Sigmoid'] : ['nn.Softmax', { dim: 1 }]),
  examples: [
    { inputs: [[5]] },
    { inputs: [[2]], params: { weight: 0.3 } },
    { inputs: [[3]], params: { kind: 'sigmoid', smoothing: 0.1, class_weights: [1, 2, 0.5] } },
  ],
})

function weightsMisfit(weights: readonly number[], x: Shape): Misfit | undefined {
  if (weights.length === 0 || weights.length === x[0]) return undefined
  return {
    code: 'shape/class-weights',
    message: `There are ${weights.length} class weights, but ${shapeText(x)} classes.`,
    hint: 'Give one weight for each class, or none.',
  }
}
