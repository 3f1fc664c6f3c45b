import type { Tensor4D } from '@tensorflow/tfjs-core'
import { defineLayer, type Tensor, type Tf } from '../define.js'
import { flag, onlyWhen, size } from '../fields.js'
import { first, pair, slideWindow, windowText, type Window } from '../geometry.js'
import { ceilField, padded, paddingFields, resolved, tfPadding } from '../padding.js'
import { torchPool, zeroPadded } from '../torch.js'
import { pixelShares } from './shares.js'

/** Mean of each window and channel; padding does not count, as in TensorFlow, unless `count_padding` says so. No weights. */
export const averagePool = defineLayer({
  type: 'average_pool',
  title: 'Average pool',
  family: 'pool',
  doc: 'Takes the mean of each window, channel by channel; pixels beyond the border do not count, unless explicit padding is told to.',
  formula: 'y[i, j, c] = mean over u, v of x[i · stride + u, j · stride + v, c], pixels of the image only',
  source: 'LeCun et al. 1998',
  inputs: 'one',
  params: {
    kernel: size('Window height and width.', 2),
    stride: size('Step between windows.', 2),
    ...paddingFields('Whether windows may reach over the border.', 0),
    count_padding: onlyWhen(
      flag('Let the padding count as zeros in the mean, as `count_include_pad` of PyTorch does.', false),
      'padding',
      'explicit',
    ),
    ceil: ceilField(),
  },
  summary: windowText,
  window: (p) => p,
  infer: (p, inputs) => slideWindow('Average pool', first(inputs), p),
  apply: ({ tf }, p, inputs) => {
    const x = first(inputs) as Tensor4D
    const mean = tf.avgPool(x, pair(p.kernel), pair(p.stride), tfPadding(p, x.shape))
    return countsPadding(p) ? tf.mul(mean, sharesOf(tf, p, x, mean)) : mean
  },
  keras: (p, inputs) => {
    const spelled = (padding: string) =>
      ['AveragePooling2D', { pool_size: p.kernel, strides: p.stride, padding }] as const
    if (countsPadding(p)) return p.ceil ? undefined : padded(p, spelled)
    const padding = resolved(p, first(inputs))?.padding
    return padding === undefined || padding === 'explicit' ? undefined : spelled(padding)
  },
  pytorch: (p, inputs) =>
    torchPool('nn.AvgPool2d', first(inputs), p, { count_include_pad: countsPadding(p) }) ??
    (countsPadding(p) && !p.ceil
      ? zeroPadded(p, ['nn.AvgPool2d', { kernel_size: p.kernel, stride: p.stride, padding: [0, 0] }])
      : undefined),
  examples: [
    { inputs: [[7, 6, 3]], params: { kernel: [2, 2], stride: [2, 2] } },
    { inputs: [[11, 8, 2]], params: { kernel: [5, 5], stride: [3, 3], padding: 'valid' } },
    { inputs: [[5, 6, 2]], params: { kernel: [3, 3], stride: [1, 1] } },
    { inputs: [[null, null, 3]], params: { kernel: [3, 2], stride: [2, 1] } },
    { inputs: [[7, 8, 2]], params: { kernel: [3, 3], padding: 'explicit', pads: [1, 1, 1, 1], count_padding: true } },
    { inputs: [[6, 6, 3]], params: { kernel: [3, 3], padding: 'explicit', pads: [1, 0, 2, 1], ceil: true } },
    {
      inputs: [[8, 7, 2]],
      params: { kernel: [3, 2], padding: 'explicit', pads: [0, 1, 1, 0], count_padding: true, ceil: true },
    },
    { inputs: [[6, 7, 2]], params: { kernel: [3, 3], padding: 'valid', ceil: true } },
    {
      inputs: [[null, null, 2]],
      params: { kernel: [3, 3], padding: 'explicit', pads: [1, 1, 1, 1], count_padding: true, ceil: true },
    },
  ],
})

/** What says whether the zeros of explicit padding count. */
interface Counting extends Window {
  readonly count_padding: boolean
}

function countsPadding({ padding, count_padding }: Counting): boolean {
  return padding === 'explicit' && count_padding
}

/** What the means of real pixels are to be multiplied with, as a constant [1, height, width, 1]. */
function sharesOf(tf: Tf, p: Counting, x: Tensor, mean: Tensor): Tensor {
  const [, height, width] = x.shape as [number, number, number]
  return tf.tensor(pixelShares(p, [height, width]), [1, mean.shape[1] as number, mean.shape[2] as number, 1])
}
