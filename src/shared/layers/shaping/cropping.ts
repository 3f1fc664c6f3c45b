import { defineLayer } from '../define.js'
import { sides } from '../fields.js'
import { first, needImage } from '../geometry.js'
import { channelsOf, shapeText } from '../shapes.js'
import { grown, sidesText } from './around.js'

/** An image without pixels at its sides; no weights. */
export const cropping = defineLayer({
  type: 'cropping',
  title: 'Cropping',
  family: 'dense',
  doc: 'Cuts rows and columns off the image, as many as asked for on each side.',
  formula: 'y = x without its border',
  inputs: 'one',
  params: { crop: sides('Pixels taken away above, below, left and right.', 1) },
  window: ({ crop: [top, bottom, left, right] }) => {
    return { kernel: [1, 1], stride: [1, 1], padding: 'explicit', pads: [-top, -bottom, -left, -right] }
  },
  summary: (p) => sidesText(p.crop),
  infer: (p, inputs) => {
    const x = first(inputs)
    const [top, bottom, left, right] = p.crop
    const misfit = needImage('Cropping', x)
    if (misfit) return misfit
    const [height, width] = [grown(x[0], -top - bottom), grown(x[1], -left - right)]
    if ((height ?? 1) >= 1 && (width ?? 1) >= 1) return [height, width, channelsOf(x)]
    return {
      code: 'shape/too-small',
      message: `Nothing is left of the ${shapeText(x.slice(0, 2))} image without ${top + bottom} rows and ${left + right} columns.`,
      hint: 'Crop less, or take a larger image.',
      input: 0,
    }
  },
  apply: ({ tf }, p, inputs) => {
    const x = first(inputs)
    const [top, bottom, left, right] = p.crop
    const [batch, height, width, channels] = x.shape as [number, number, number, number]
    return tf.slice(x, [0, top, left, 0], [batch, height - top - bottom, width - left - right, channels])
  },
  keras: ({ crop }) => ['Cropping2D', { cropping: [crop.slice(0, 2), crop.slice(2)] }],
  pytorch: ({ crop: [top, bottom, left, right] }) => ['nn.ZeroPad2d', [-left, -right, -top, -bottom]],
  examples: [
    { inputs: [[5, 4, 3]] },
    { inputs: [[6, 7, 1]], params: { crop: [0, 2, 3, 1] } },
    { inputs: [[3, 3, 2]], params: { crop: [0, 0, 0, 0] } },
    { inputs: [[null, null, 2]], params: { crop: [1, 0, 0, 2] } },
  ],
})
