import type { Tensor4D } from '@tensorflow/tfjs-core'
import { defineLayer } from '../define.js'
import { size } from '../fields.js'
import { first, needImage, pair } from '../geometry.js'
import { resampled, resampleReading } from '../shaping/resample.js'
import { channelsOf, shapeText } from '../shapes.js'

/**
 * Means of as many windows as asked for, whatever the size of the image: window i of n reaches from floor(i H / n) to
 * ceil((i + 1) H / n), so windows overlap where n does not divide the size. No weights.
 */
export const adaptiveAveragePool = defineLayer({
  type: 'adaptive_average_pool',
  title: 'Adaptive average pool',
  family: 'pool',
  doc: 'Divides the image into so many windows and takes the mean of each, channel by channel: a fixed size from images of any size, as VGG and AlexNet have it in torchvision.',
  formula: 'y[i, j] = mean of x over window (i, j) of height x width',
  inputs: 'one',
  params: { size: size('Windows along height and width.', 7) },
  summary: (p) => `to ${p.size.join('x')}`,
  reads: (p, side, x) => {
    const size = x[side] ?? null
    return size === null ? undefined : resampleReading(size, p.size[side], 'adaptive')
  },
  infer: (p, inputs) => {
    const x = first(inputs)
    const misfit = needImage('Adaptive average pool', x)
    if (misfit) return misfit
    if (![0, 1].some((side) => (x[side] ?? Infinity) < p.size[side as 0 | 1])) return [...p.size, channelsOf(x)]
    return {
      code: 'shape/too-small',
      message: `The ${shapeText(x.slice(0, 2))} image has fewer pixels than the ${p.size.join('x')} windows asked for.`,
      hint: 'Ask for fewer windows, take a larger image, or use upsampling.',
      input: 0,
    }
  },
  apply: ({ tf }, p, inputs) => {
    const x = first(inputs) as Tensor4D
    const [down, across] = [x.shape[1] / p.size[0], x.shape[2] / p.size[1]]
    if (!Number.isInteger(down) || !Number.isInteger(across)) return resampled(tf, x, p.size, 'adaptive')
    return tf.avgPool(x, pair([down, across]), pair([down, across]), 'valid')
  },
  keras: (p) => ['AdaptiveAveragePooling2D', { output_size: p.size }],
  pytorch: (p) => ['nn.AdaptiveAvgPool2d', p.size],
  examples: [
    { inputs: [[6, 8, 3]], params: { size: [3, 2] } },
    { inputs: [[7, 5, 2]], params: { size: [3, 4] } },
    { inputs: [[4, 4, 1]], params: { size: [4, 4] } },
    { inputs: [[null, null, 2]], params: { size: [1, 1] } },
  ],
})
