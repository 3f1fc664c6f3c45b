import { defineLayer } from './define.js'
import { extent, int } from './fields.js'
import { first } from './geometry.js'
import { shapeText } from './shapes.js'

/** Where the images enter the net; no weights. The engine hands the batch to `apply` as input 0. */
export const input = defineLayer({
  type: 'input',
  title: 'Input',
  family: 'io',
  doc: 'The images that enter the net. An open height or width takes images of any size. Pixels are 0 for black to 1 for white; a Scale behind the input gives them another range, such as -1 to 1.',
  formula: 'y = the image, bytes 0 to 255 as 0 to 1, other numbers as the data set gives them',
  inputs: 'none',
  params: {
    height: extent('Height in px, or any.', 32),
    width: extent('Width in px, or any.', 32),
    channels: int('3 for colour, 1 for grey.', 3),
  },
  summary: (p) => shapeText([p.height, p.width, p.channels]),
  infer: (p) => [p.height, p.width, p.channels],
  apply: (_c, _p, inputs) => first(inputs),
  keras: (p) => ['Input', { shape: [p.height, p.width, p.channels] }],
  pytorch: () => ['nn.Identity'],
  examples: [
    { inputs: [], params: { height: 7, width: 10, channels: 3 } },
    { inputs: [], params: { height: null, width: null, channels: 1 } },
  ],
})
