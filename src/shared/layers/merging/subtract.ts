import { defineLayer } from '../define.js'
import { first } from '../geometry.js'
import { EQUAL_EXAMPLES, equalShapes } from './equal-shapes.js'

/** Element-wise difference of two inputs of one shape; no weights. */
export const subtract = defineLayer({
  type: 'subtract',
  title: 'Subtract',
  family: 'merge',
  doc: 'Takes its second input from its first, value by value.',
  formula: 'y = x1 - x2',
  source: 'He et al. 2016',
  inputs: 'many',
  params: {},
  infer: (_p, inputs) => {
    if (inputs.length <= 2) return equalShapes('Subtract', inputs)
    return {
      code: 'shape/inputs',
      message: `Subtract gets ${inputs.length} inputs, but takes one from one other.`,
      hint: 'Add up what is to be taken away first, or use another Subtract for it.',
      input: 2,
    }
  },
  apply: ({ tf }, _p, inputs) => inputs.slice(1).reduce((rest, x) => tf.sub(rest, x), first(inputs)),
  keras: () => ['Subtract', {}],
  pytorch: () => ['torch.sub'],
  examples: EQUAL_EXAMPLES.map((inputs) => ({ inputs })),
})
