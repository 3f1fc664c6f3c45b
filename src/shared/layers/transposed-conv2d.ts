import type { Tensor4D } from '@tensorflow/tfjs-core'
import { biasWeight } from './convolution.js'
import { defineLayer, isMisfit, type Misfit, type WeightSpec } from './define.js'
import { flag, int, size } from './fields.js'
import { first, needImage, padsMisfit, pair, windowText, type Window } from './geometry.js'
import { paddingFields } from './padding.js'
import { channelsOf, shapeText, type Shape } from './shapes.js'
import { torchTransposed } from './torch-transposed.js'

/**
 * The way back of a convolution (Dumoulin and Visin 2016, chapter 4): every pixel is spread by learned kernels over a window,
 * windows lie `stride` apart and are summed where they overlap. Weights `kernel` [height, width, filters, in] and `bias`
 * [filters].
 */
export const transposedConv2d = defineLayer({
  type: 'transposed_conv2d',
  title: 'Transposed conv 2D',
  family: 'conv',
  doc: 'Makes the image larger with learned kernels: every pixel becomes a window, and windows that overlap are summed. With padding `same` height and width grow by the stride.',
  formula: 'y[i stride + a, j stride + b, f] = sum over i, j, a, b, c of x[i, j, c] kernel[a, b, f, c] + bias[f]',
  source: 'Dumoulin and Visin 2016',
  inputs: 'one',
  params: {
    filters: int('Output channels.', 64),
    kernel: size('Kernel height and width.', 2),
    stride: size('Distance of the windows that neighbouring pixels become; 2 doubles height and width.', 2),
    ...paddingFields('`same` grows by the stride, `valid` keeps whole windows, `explicit` cuts pixels off them.', 0),
    bias: flag('Add one learned offset per filter; not needed in front of batch norm.', true),
  },
  summary: (p) => `${p.filters} · ${windowText(p)}`,
  infer: (p, inputs) => {
    const made = spread(first(inputs), p)
    return isMisfit(made) ? made : [...made, p.filters]
  },
  weights: (p, inputs) => {
    const channels = channelsOf(first(inputs))
    const area = p.kernel[0] * p.kernel[1]
    // As many kernel values meet in one pixel as windows overlap there, on average.
    const fanIn = Math.max(1, area / (p.stride[0] * p.stride[1])) * channels
    const init = { kind: 'he-normal', fanIn, fanOut: area * p.filters } as const
    const kernel: WeightSpec = { shape: [...p.kernel, p.filters, channels], init, role: 'trainable' }
    return { kernel, ...(p.bias && { bias: biasWeight(p.filters) }) }
  },
  multiplyAdds: (p, inputs) => {
    const [height, width, channels] = first(inputs)
    return (height ?? NaN) * (width ?? NaN) * p.kernel[0] * p.kernel[1] * (channels ?? NaN) * p.filters
  },
  apply: ({ tf }, p, inputs, { kernel, bias }) => {
    const x = first(inputs) as Tensor4D
    const [batch, ...image] = x.shape
    const [height, width] = spread(image, p) as [number, number]
    const y = tf.conv2dTranspose(x, kernel as Tensor4D, [batch, height, width, p.filters], pair(p.stride), padOf(p))
    return bias ? tf.add(y, bias) : y
  },
  keras: (p) => {
    const spelled = (padding: 'same' | 'valid') =>
      [
        'Conv2DTranspose',
        { filters: p.filters, kernel_size: p.kernel, strides: p.stride, padding, use_bias: p.bias },
      ] as const
    if (p.padding !== 'explicit') return spelled(p.padding)
    // Keras' `valid` fills up to the stride where the kernel is smaller.
    const more = [0, 1].map((side) => Math.max(0, p.stride[side as 0 | 1] - p.kernel[side as 0 | 1]))
    const [top, bottom, left, right] = p.pads
    const cropping = [
      [top, bottom + more[0]!],
      [left, right + more[1]!],
    ]
    return [spelled('valid'), ['Cropping2D', { cropping }]]
  },
  pytorch: (p, inputs) => torchTransposed(channelsOf(first(inputs)), p),
  examples: [
    { inputs: [[4, 3, 3]], params: { filters: 4 } },
    { inputs: [[3, 4, 2]], params: { filters: 3, kernel: [3, 3] } },
    { inputs: [[4, 3, 2]], params: { filters: 5, kernel: [4, 3], stride: [1, 2], bias: false } },
    { inputs: [[3, 3, 2]], params: { filters: 2, kernel: [3, 2], stride: [2, 3], padding: 'valid' } },
    { inputs: [[3, 4, 1]], params: { filters: 2, kernel: [3, 3], padding: 'explicit', pads: [1, 0, 1, 0] } },
    {
      inputs: [[3, 2, 2]],
      params: { filters: 1, kernel: [2, 1], stride: [3, 2], padding: 'explicit', pads: [0, 1, 0, 0] },
    },
    { inputs: [[null, null, 2]], params: { filters: 3, kernel: [4, 4], padding: 'explicit', pads: [1, 1, 1, 1] } },
  ],
})

/** Height and width that come out, each open where it comes in open. */
function spread(x: Shape, window: Window): readonly [number | null, number | null] | Misfit {
  const misfit = needImage('Transposed conv 2D', x) ?? padsMisfit(window)
  if (misfit) return misfit
  const [height, width] = [spreadAlong(x, window, 0), spreadAlong(x, window, 1)]
  if ((height ?? 1) >= 1 && (width ?? 1) >= 1) return [height, width]
  return {
    code: 'shape/too-small',
    message: `Nothing is left of the ${shapeText(x.slice(0, 2))} image after ${window.pads?.join(', ')} px are cut off at its sides.`,
    hint: 'Cut off less, or use a larger kernel or stride.',
    input: 0,
  }
}

function spreadAlong(x: Shape, { kernel, stride, padding, pads = [0, 0, 0, 0] }: Window, side: 0 | 1): number | null {
  const size = x[side] ?? null
  if (size === null) return null
  if (padding === 'same') return size * stride[side]
  if (padding === 'valid') return size * stride[side] + Math.max(kernel[side] - stride[side], 0)
  return (size - 1) * stride[side] + kernel[side] - pads[2 * side]! - pads[2 * side + 1]!
}

type Pair = [number, number]

/** The padding of the convolution whose way back this is, in tfjs's words. */
function padOf({ padding, pads = [0, 0, 0, 0] }: Window) {
  if (padding !== 'explicit') return padding
  if (pads.every((pixels) => pixels === 0)) return 'valid'
  return [
    [0, 0],
    [pads[0], pads[1]],
    [pads[2], pads[3]],
    [0, 0],
  ] as [Pair, Pair, Pair, Pair]
}
