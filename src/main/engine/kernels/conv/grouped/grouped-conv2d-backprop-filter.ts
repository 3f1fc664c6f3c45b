import type { Emitter, Operand } from '../../../onnx/emitter.js'
import { count } from '../../../step/step.js'
import { output, valuesOf } from '../../../tfjs/reference.js'
import { defineKernel } from '../../define.js'
import { byPlacingEach } from '../filter-grad/placing.js'
import { bySlices } from '../filter-grad/slices.js'
import { onnxPads, tfEvery } from '../window.js'
import { depthwiseFilter, isBlockedDepthwise } from './blocked.js'
import { eachProduct, groupedOf, type Grouped, type GroupedAttributes } from './products.js'
import { gathered, inGroups } from './tensorflow.js'

type FilterGradAttributes = GroupedAttributes & { readonly filterShape: readonly number[] }

/**
 * Gradient of a grouped convolution's filter: within each group the product of the image, shifted by each tap, with dy,
 * summed over batch and places. For several groups it is itself one grouped convolution, see `byConvolution`.
 */
export const groupedConv2dBackpropFilter = defineKernel<'x' | 'dy', FilterGradAttributes>(
  'GroupedConv2DBackpropFilter',
  {
    infer: (_inputs, { filterShape }) => [{ shape: filterShape, dtype: 'float32' }],
    layout: 'filter',
    onnx: (e, { inputs: { x, dy }, attributes }) => {
      const grouped = groupedOf(x.shape, attributes.filterShape, attributes)
      if (grouped.groups === 1) return bySlices(e, x, dy, grouped.window)
      return isPlainDepthwise(grouped) ? byPlacingEach(e, x, dy, grouped.window) : byConvolution(e, x, dy, grouped)
    },
    blocked: (e, { inputs: { x, dy }, attributes }) => {
      const grouped = groupedOf(x.shape, attributes.filterShape, attributes)
      return isBlockedDepthwise(e, grouped) ? depthwiseFilter(e, x, dy, grouped) : undefined
    },
    tensorflow: (e, { inputs: { x, dy }, attributes }) => {
      const given = groupedOf(x.shape, attributes.filterShape, attributes)
      const { kernel, stride, outShape } = given.window
      // As for the plain convolution: TensorFlow writes beyond its memory for some 1x1 kernels that skip places.
      const skips = kernel[0] * kernel[1] === 1 && stride[0] * stride[1] > 1
      const dense: FilterGradAttributes = skips ? { ...attributes, strides: [1, 1] } : attributes
      const shape = skips ? [...outShape.slice(0, 3), x.shape[3] as number] : x.shape
      const grouped = groupedOf(shape, attributes.filterShape, dense)
      const whole = inGroups(e, grouped, dense, {
        plain: 'Conv2DBackpropFilter',
        depthwise: 'DepthwiseConv2dNativeBackpropFilter',
        inputs: [skips ? tfEvery(e, x, given.window) : x.name, dy.name],
        arrange: (images, slopes, filterShape) => [images, e.ints(filterShape), slopes],
      })
      return gathered(e, whole, grouped)
    },
    reference: ({ inputs, attrs, backend }) => {
      const [x, dy] = [valuesOf(backend, inputs['x']), valuesOf(backend, inputs['dy'])]
      const attributes = attrs as unknown as FilterGradAttributes
      const grouped = groupedOf(inputs['x']?.shape ?? [], attributes.filterShape, attributes)
      const dFilter = new Float64Array(count(attributes.filterShape))
      eachProduct(grouped, (at, tap, to) => (dFilter[tap]! += x[at]! * dy[to]!))
      return output(backend, attributes.filterShape, Float32Array.from(dFilter))
    },
  },
)

/** One filter per channel that neither skips places nor has gaps: what depthwise nets have nearly everywhere. */
function isPlainDepthwise({ groups, filter, window: { stride, dilation } }: Grouped): boolean {
  return filter[2] === 1 && filter[3] === groups && stride[0] * stride[1] * dilation[0] * dilation[1] === 1
}

/**
 * Exchange channels and batch: images [channels of a group, groups * batch, height, width] convolved in groups with filters
 * [filters, batch, rows, columns of dy] sum over batch and places and give [channels of a group, filters, kernel]. Strides
 * and dilations change places; a stride that leaves pixels over makes more taps than the kernel has, which are cut off.
 */
function byConvolution(e: Emitter, x: Operand, dy: Operand, { groups, filter, window }: Grouped): string {
  const [batch, height, width] = x.shape as [number, number, number]
  const [, , inGroup, filters] = filter as [number, number, number, number]
  const [rows, columns] = window.out
  const images = e.reshape(e.transpose(e.reshape(x.name, [batch, groups, inGroup, height, width]), [2, 1, 0, 3, 4]), [
    inGroup,
    groups * batch,
    height,
    width,
  ])
  const made = e.node('Conv', [images, e.transpose(dy.name, [1, 0, 2, 3])], {
    kernel_shape: { ints: [rows, columns] },
    strides: { ints: window.dilation },
    dilations: { ints: window.stride },
    pads: { ints: onnxPads(window.pad) },
    group: { int: groups },
  })
  const ends = [e.ints([0, 0]), e.ints(window.kernel), e.ints([2, 3])]
  const taps = leavesPixels(x, window) ? e.node('Slice', [made, ...ends]) : made
  return inGroup === 1 ? e.reshape(taps, [filters, 1, ...window.kernel]) : e.transpose(taps, [1, 0, 2, 3])
}

/** Whether the window, at its last place, ends before the padded image does by at least one tap. */
function leavesPixels(x: Operand, { kernel, stride, dilation, pad, out }: Grouped['window']): boolean {
  const padded = [(x.shape[1] as number) + pad.top + pad.bottom, (x.shape[2] as number) + pad.left + pad.right]
  return [0, 1].some((side) => {
    const taps = Math.floor((padded[side]! - (out[side]! - 1) * stride[side]! - 1) / dilation[side]!) + 1
    return taps > kernel[side]!
  })
}
