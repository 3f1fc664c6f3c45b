import type { Tensor4D } from '@tensorflow/tfjs-core'
import { biasWeight, groupsMisfit } from './convolution.js'
import { defineLayer, type KerasSpelling, type Tensor, type Tf, type WeightSpec } from './define.js'
import { choice, flag, int, onlyWhen, sides, size } from './fields.js'
import { first, needImage, padsMisfit, pair, windowText } from './geometry.js'
import { channelsOf, shapeText, isMisfit, type Misfit, type Shape } from './shapes.js'
import { torchTransposed } from './torch-transposed.js'
import { beyondStride, cutAlong, outputPaddingMisfit, spreadAlong, spreadReading, type Spread } from './transposed.js'

/**
 * The way back of a convolution (Dumoulin and Visin 2016, chapter 4): every pixel is spread by learned kernels over a window,
 * windows lie `stride` apart and are summed where they overlap. Weights `kernel` [height, width, filters / groups, in] and
 * `bias` [filters]; channel c belongs to group floor(c * groups / channels), as in PyTorch.
 */
export const transposedConv2d = defineLayer({
  type: 'transposed_conv2d',
  title: 'Transposed conv 2D',
  family: 'conv',
  doc: 'Makes the image larger with learned kernels: every pixel becomes a window, and windows that overlap are summed. With padding `same` height and width grow by the stride.',
  formula:
    'y[i · stride + a · dilation, j · stride + b · dilation, f] = Σ over i, j, a, b, c of x[i, j, c] · kernel[a, b, f, c] + bias[f]',
  source: 'Dumoulin and Visin 2016',
  inputs: 'one',
  params: {
    filters: int('Output channels.', 64),
    kernel: size('Kernel height and width.', 2),
    stride: size('Distance of the windows that neighbouring pixels become; 2 doubles height and width.', 2),
    padding: choice(
      '`same` grows by the stride, `valid` keeps whole windows, `explicit` cuts pixels off them.',
      'same',
      'valid',
      'explicit',
    ),
    pads: onlyWhen(sides('Pixels cut off above, below, left and right.', 0), 'padding', 'explicit'),
    output_padding: onlyWhen(
      size('Rows below and columns to the right that are given back, or added; below the stride or the dilation.', 0, {
        min: 0,
      }),
      'padding',
      'explicit',
    ),
    dilation: size('Distance of the pixels that a kernel writes to; 2 leaves out every other one.', 1),
    groups: int('Parts that channels and filters are split into; each part sees only its own channels.', 1),
    bias: flag('Add one learned offset per filter; not needed in front of batch norm.', true),
  },
  summary: (p) => `${p.filters} · ${windowText(p)}${p.groups === 1 ? '' : `, ${p.groups} groups`}`,
  reads: spreadReading,
  infer: (p, inputs) => {
    const made = sizeOf(first(inputs), p)
    if (isMisfit(made)) return made
    return groupsMisfit(channelsOf(first(inputs)), p.filters, p.groups) ?? [...made, p.filters]
  },
  weights: (p, inputs) => {
    const channels = channelsOf(first(inputs))
    const [area, inGroup, outGroup] = [p.kernel[0] * p.kernel[1], channels / p.groups, p.filters / p.groups]
    // As many kernel values meet in one pixel as windows overlap there, on average.
    const fanIn = Math.max(1, area / (p.stride[0] * p.stride[1])) * inGroup
    const init = { kind: 'he-normal', fanIn, fanOut: area * outGroup } as const
    const kernel: WeightSpec = { shape: [...p.kernel, outGroup, channels], init, role: 'trainable' }
    return { kernel, ...(p.bias && { bias: biasWeight(p.filters) }) }
  },
  multiplyAdds: (p, inputs) => {
    const [height, width, channels] = first(inputs)
    return ((height ?? NaN) * (width ?? NaN) * p.kernel[0] * p.kernel[1] * (channels ?? NaN) * p.filters) / p.groups
  },
  apply: ({ tf }, p, inputs, { kernel, bias }) => {
    const x = first(inputs) as Tensor4D
    const [batch, height, width] = x.shape
    const [below, right] = beyondStride(p)
    const rows = (spreadAlong(height, p, 0) as number) - below
    const columns = (spreadAlong(width, p, 1) as number) - right
    const made = spread(tf, x, kernel as Tensor, [batch, rows, columns, p.filters], p)
    const y = below + right === 0 ? made : tf.pad4d(made as Tensor4D, [[0, 0], [0, below], [0, right], [0, 0]]) // prettier-ignore
    return bias ? tf.add(y, bias) : y
  },
  keras: spelledInKeras,
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
    { inputs: [[4, 3, 4]], params: { filters: 6, kernel: [3, 2], groups: 2 } },
    { inputs: [[3, 4, 3]], params: { filters: 3, kernel: [3, 3], stride: [1, 2], groups: 3, bias: false } },
    { inputs: [[5, 4, 2]], params: { filters: 3, kernel: [3, 2], stride: [1, 1], dilation: [2, 2], padding: 'valid' } },
    { inputs: [[4, 3, 4]], params: { filters: 2, kernel: [2, 3], dilation: [3, 2], groups: 2 } },
    {
      inputs: [[3, 4, 2]],
      params: { filters: 3, kernel: [3, 3], padding: 'explicit', pads: [1, 1, 1, 1], output_padding: [1, 1] },
    },
    {
      inputs: [[4, 3, 2]],
      params: { filters: 2, kernel: [2, 3], stride: [3, 2], padding: 'explicit', output_padding: [2, 1] },
    },
    {
      inputs: [[3, 3, 4]],
      params: {
        filters: 2,
        kernel: [3, 2],
        stride: [1, 2],
        dilation: [4, 3],
        groups: 2,
        padding: 'explicit',
        pads: [0, 1, 1, 0],
        output_padding: [3, 2],
      },
    },
  ],
})

/** Windows summed. Groups and dilations go through a kernel of our own, the gradient of the image of a grouped convolution. */
function spread(
  tf: Tf,
  x: Tensor4D,
  kernel: Tensor,
  size: [number, number, number, number],
  p: Spread & { readonly groups: number },
): Tensor {
  if (p.groups * p.dilation[0] * p.dilation[1] === 1) {
    return tf.conv2dTranspose(x, kernel as Tensor4D, size, pair(p.stride), padOf(p))
  }
  const window = { strides: pair(p.stride), dilations: pair(p.dilation), pad: padOf(p), groups: p.groups }
  return tf.engine().runKernel<Tensor>('GroupedConv2DBackpropInput', { dy: x, filter: kernel }, { ...window, inputShape: size }) // prettier-ignore
}

/**
 * `Conv2DTranspose` gives back less than a stride, without groups, and dilates only at stride 1: else Keras has no equal. It
 * cuts nothing off, so that a layer behind it does.
 */
function spelledInKeras(p: Spread & { filters: number; groups: number; bias: boolean }): KerasSpelling | undefined {
  const isDilated = p.dilation[0] * p.dilation[1] > 1
  const isSpread = p.stride[0] * p.stride[1] > 1
  if (p.groups > 1 || (isDilated && isSpread)) return undefined
  const spelled = (padding: 'same' | 'valid', more = {}) =>
    [
      'Conv2DTranspose',
      {
        filters: p.filters,
        kernel_size: p.kernel,
        strides: p.stride,
        padding,
        ...(isDilated && { dilation_rate: p.dilation }),
        ...more,
        use_bias: p.bias,
      },
    ] as const
  if (p.padding !== 'explicit') return spelled(p.padding)
  const cuts = [cutAlong(p, 0), cutAlong(p, 1)] as const
  const output_padding = cuts.map(([, after]) => Math.max(0, -after))
  if (output_padding.some((pixels, side) => pixels >= p.stride[side as 0 | 1])) return undefined
  const whole = spelled('valid', { output_padding })
  const cropping = cuts.map(([before, after]) => [before, Math.max(0, after)])
  return cropping.flat().some((pixels) => pixels > 0) ? [whole, ['Cropping2D', { cropping }]] : whole
}

/** Height and width that come out, each open where it comes in open. */
function sizeOf(x: Shape, p: Spread): readonly [number | null, number | null] | Misfit {
  const misfit = needImage('Transposed conv 2D', x) ?? padsMisfit(p) ?? outputPaddingMisfit(p)
  if (misfit) return misfit
  const [height, width] = [spreadAlong(x[0], p, 0), spreadAlong(x[1], p, 1)]
  if ((height ?? 1) >= 1 && (width ?? 1) >= 1) return [height, width]
  return {
    code: 'shape/too-small',
    message: `Nothing is left of the ${shapeText(x.slice(0, 2))} image after ${p.pads?.join(', ')} px are cut off at its sides.`,
    hint: 'Cut off less, or use a larger kernel or stride.',
    input: 0,
  }
}

type Pair = [number, number]

/** The padding of the convolution whose way back this is, in tfjs's words. */
function padOf(p: Spread) {
  if (p.padding !== 'explicit') return p.padding
  const [rows, columns] = ([0, 1] as const).map((side): Pair => {
    const [before, after] = cutAlong(p, side)
    return [before, Math.max(after, 0)]
  }) as [Pair, Pair]
  if ([...rows, ...columns].every((pixels) => pixels === 0)) return 'valid'
  return [[0, 0], rows, columns, [0, 0]] as [Pair, Pair, Pair, Pair]
}
