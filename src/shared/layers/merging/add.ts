import { defineLayer } from '../define.js'
import { equalShapes, FOLDED_EXAMPLES } from './equal-shapes.js'
import { first } from '../geometry.js'

/** Element-wise sum of inputs of one shape; no weights. */
export const add = defineLayer({
  type: 'add',
  title: 'Add',
  family: 'merge',
  doc: 'Sums its inputs value by value, as the skip wire of a residual net does.',
  formula: 'y = x1 + x2 + …',
  source: 'He et al. 2016',
  inputs: 'many',
  params: {},
  infer: (_p, inputs) => equalShapes('Add', inputs),
  apply: ({ tf }, _p, inputs) => inputs.slice(1).reduce((sum, x) => tf.add(sum, x), first(inputs)),
  keras: () => ['Add', {}],
  pytorch: () => ['torch.add'],
  examples: FOLDED_EXAMPLES,
})
