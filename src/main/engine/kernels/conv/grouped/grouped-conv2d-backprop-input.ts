import type { Tensor } from '@tensorflow/tfjs-core'
import type { Emitter, Operand } from '../../../onnx/emitter.js'
import { count } from '../../../step/step.js'
import { output, valuesOf } from '../../../tfjs/reference.js'
import { tf } from '../../../tf.js'
import { defineKernel } from '../../define.js'
import { flipped, missingPixels } from '../conv2d-backprop-input.js'
import { onnxPads } from '../window.js'
import { depthwiseBack, isBlockedDepthwise } from './blocked.js'
import { eachProduct, groupedOf, type Grouped, type GroupedAttributes } from './products.js'
import { inGroups, spread } from './tensorflow.js'

type InputGradAttributes = GroupedAttributes & { readonly inputShape: readonly number[] }

/**
 * Gradient of a grouped convolution's image. At stride 1 it is a convolution of dy with the filter turned by 180 degrees
 * and channels and filters of each group exchanged; at larger strides the transposed convolution. It is the transposed
 * convolution of a layer too, so it has gradients of its own.
 */
export const groupedConv2dBackpropInput = defineKernel<'dy' | 'filter', InputGradAttributes>(
  'GroupedConv2DBackpropInput',
  {
    infer: (_inputs, { inputShape }) => [{ shape: inputShape, dtype: 'float32' }],
    layout: 'image',
    gradient: {
      inputsToSave: ['dy', 'filter'],
      gradFunc: (ds, saved, attributes) => {
        const [d, dy, filter] = [ds as Tensor, saved[0] as Tensor, saved[1] as Tensor]
        const run = (kernel: string, inputs: Record<string, Tensor>, shape: object) =>
          tf.engine().runKernel<Tensor>(kernel, inputs, { ...attributes, ...shape })
        return {
          dy: () => run('GroupedConv2D', { x: d, filter }, {}),
          filter: () => run('GroupedConv2DBackpropFilter', { x: d, dy }, { filterShape: filter.shape }),
        }
      },
    },
    onnx: (e, { inputs: { dy, filter }, attributes }) => {
      const grouped = groupedOf(attributes.inputShape, filter.shape, attributes)
      const [strideY, strideX] = grouped.window.stride
      return strideY === 1 && strideX === 1 ? turned(e, dy, filter, grouped) : transposed(e, dy, filter, grouped)
    },
    blocked: (e, { inputs: { dy, filter }, attributes, outputs: [out] }) => {
      const grouped = groupedOf(attributes.inputShape, filter.shape, attributes)
      return isBlockedDepthwise(e, grouped) ? depthwiseBack(e, dy, filter, grouped, out) : undefined
    },
    tensorflow: (e, { inputs: { dy, filter }, attributes }) => {
      const grouped = groupedOf(attributes.inputShape, filter.shape, attributes)
      return inGroups(e, grouped, attributes, {
        plain: 'Conv2DBackpropInput',
        depthwise: 'DepthwiseConv2dNativeBackpropInput',
        inputs: [dy.name, spread(e, filter.name, grouped)],
        arrange: (slopes, filters, _filterShape, imageShape) => [e.ints(imageShape), filters, slopes],
      })
    },
    reference: ({ inputs, attrs, backend }) => {
      const [dy, filter] = [valuesOf(backend, inputs['dy']), valuesOf(backend, inputs['filter'])]
      const attributes = attrs as unknown as InputGradAttributes
      const grouped = groupedOf(attributes.inputShape, inputs['filter']?.shape ?? [], attributes)
      const dx = new Float64Array(count(attributes.inputShape))
      eachProduct(grouped, (at, tap, to) => (dx[at]! += dy[to]! * filter[tap]!))
      return output(backend, attributes.inputShape, Float32Array.from(dx))
    },
  },
)

function turned(e: Emitter, dy: Operand, filter: Operand, { groups, window: { kernel, dilation, pad } }: Grouped) {
  const reach = [(kernel[0] - 1) * dilation[0], (kernel[1] - 1) * dilation[1]] as const
  const pads = [reach[0] - pad.top, reach[1] - pad.left, reach[0] - pad.bottom, reach[1] - pad.right]
  return e.node('Conv', [dy.name, exchanged(e, filter, groups)], {
    kernel_shape: { ints: kernel },
    dilations: { ints: dilation },
    pads: { ints: pads },
    group: { int: groups },
  })
}

/** The OIHW filter turned, and in each group [out, in] made [in, out]. */
function exchanged(e: Emitter, filter: Operand, groups: number): string {
  const [height, width, inGroup, filters] = filter.shape as [number, number, number, number]
  const outGroup = filters / groups
  const turned = height * width === 1 ? filter.name : flipped(e, filter)
  if (inGroup === 1 && outGroup === 1) return turned
  const split = e.reshape(turned, [groups, outGroup, inGroup, height, width])
  return e.reshape(e.transpose(split, [0, 2, 1, 3, 4]), [groups * inGroup, outGroup, height, width])
}

function transposed(e: Emitter, dy: Operand, filter: Operand, { x, groups, window }: Grouped): string {
  return e.node('ConvTranspose', [dy.name, filter.name], {
    kernel_shape: { ints: window.kernel },
    strides: { ints: window.stride },
    dilations: { ints: window.dilation },
    pads: { ints: onnxPads(window.pad) },
    output_padding: { ints: missingPixels(window, x) },
    group: { int: groups },
  })
}
