import { defineLayer } from '../define.js'
import { equalShapes, FOLDED_EXAMPLES } from './equal-shapes.js'
import { first } from '../geometry.js'

/** Element-wise mean of inputs of one shape; no weights. */
export const average = defineLayer({
  type: 'average',
  title: 'Average',
  family: 'merge',
  doc: 'The mean of its inputs, value by value: like Add, but the size of the values does not grow with the number of inputs.',
  formula: 'y = (x1 + x2 + …) / how many there are',
  inputs: 'many',
  params: {},
  infer: (_p, inputs) => equalShapes('Average', inputs),
  apply: ({ tf }, _p, inputs) => {
    const sum = inputs.slice(1).reduce((total, x) => tf.add(total, x), first(inputs))
    return tf.mul(sum, 1 / inputs.length)
  },
  keras: () => ['Average', {}],
  pytorch: () => ['torch.mean'],
  examples: FOLDED_EXAMPLES,
})
