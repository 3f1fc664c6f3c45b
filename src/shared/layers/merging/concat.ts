import { defineLayer } from '../define.js'
import { isImage, shapeText, type Misfit, type Shape } from '../shapes.js'
import { first } from '../geometry.js'

/** Concatenation along the channels (images of one height and width) or units (vectors); no weights. */
export const concat = defineLayer({
  type: 'concat',
  title: 'Concat',
  family: 'merge',
  doc: 'Puts the channels of all inputs one after the other, in the order of the inputs.',
  formula: 'y = the channels of x1, then those of x2, and so on',
  source: 'Szegedy et al. 2015',
  inputs: 'many',
  params: {},
  infer: (_p, inputs) => misfit(inputs) ?? joined(inputs),
  apply: ({ tf }, _p, inputs) => tf.concat([...inputs], -1),
  keras: () => ['Concatenate', { axis: -1 }],
  pytorch: () => ['torch.cat', { dim: 1 }],
  examples: [
    {
      inputs: [
        [5, 4, 3],
        [5, 4, 1],
      ],
    },
    {
      inputs: [
        [3, 7, 2],
        [3, 7, 2],
        [3, 7, 4],
      ],
    },
    { inputs: [[6], [3]] },
    {
      inputs: [
        [null, null, 2],
        [null, null, 5],
      ],
    },
  ],
})

function joined(inputs: readonly Shape[]): Shape {
  return [...first(inputs).slice(0, -1), inputs.reduce((sum, x) => sum + (x[x.length - 1] as number), 0)]
}

function misfit(inputs: readonly Shape[]): Misfit | undefined {
  const [one, ...others] = inputs as readonly [Shape, ...Shape[]]
  const at = others.findIndex((x) => x.length !== one.length || x.slice(0, -1).some((size, side) => size !== one[side]))
  const other = others[at]
  if (other === undefined) return undefined
  return {
    code: 'shape/mismatch',
    message: `Input ${at + 2} is ${shapeText(other)}, but input 1 is ${shapeText(one)}.`,
    hint:
      isImage(other) && isImage(one)
        ? 'Concat needs equal height and width; match the strides and paddings of the branches.'
        : 'Concat takes either images or vectors; flatten or pool the images first.',
    input: at + 1,
  }
}
