import { defineLayer } from '../define.js'
import { folded } from './broadcast.js'
import { equalShapes, FOLDED_EXAMPLES } from './equal-shapes.js'

/** Element-wise largest of inputs of one shape (maxout, Goodfellow et al. 2013); of equal values the first learns. No weights. */
export const maximum = defineLayer({
  type: 'maximum',
  title: 'Maximum',
  family: 'merge',
  doc: 'Keeps the largest of its inputs, value by value: the branches compete, and only the winner learns.',
  formula: 'y = max(x1, x2, …)',
  source: 'Goodfellow et al. 2013',
  inputs: 'many',
  params: {},
  infer: (_p, inputs) => equalShapes('Maximum', inputs),
  apply: ({ tf }, _p, inputs) => folded(inputs, (a, b) => tf.maximum(a, b)),
  keras: () => ['Maximum', {}],
  pytorch: () => ['torch.maximum'],
  examples: FOLDED_EXAMPLES,
})
