import { defineLayer } from './define.js'
import { EQUAL_EXAMPLES, equalShapes } from './equal-shapes.js'
import { first } from './geometry.js'

/** Element-wise product of inputs of one shape; no weights. */
export const multiply = defineLayer({
  type: 'multiply',
  title: 'Multiply',
  family: 'merge',
  doc: 'The product of its inputs, value by value: one branch, ending in a sigmoid, can open and close another.',
  inputs: 'many',
  params: {},
  infer: (_p, inputs) => equalShapes('Multiply', inputs),
  apply: ({ tf }, _p, inputs) => inputs.slice(1).reduce((product, x) => tf.mul(product, x), first(inputs)),
  keras: () => ['Multiply', {}],
  pytorch: () => ['torch.mul'],
  examples: [
    ...EQUAL_EXAMPLES.map((inputs) => ({ inputs })),
    {
      inputs: [
        [3, 2, 2],
        [3, 2, 2],
        [3, 2, 2],
      ],
    },
  ],
})
