import type { Tensor } from '@tensorflow/tfjs-core'
import { count } from '../../../step/step.js'
import { output, valuesOf } from '../../../tfjs/reference.js'
import { tf } from '../../../tf.js'
import { defineKernel } from '../../define.js'
import { paddedAround, paddedShape } from '../tensorflow.js'
import { convWindow, isExplicit, onnxWindow } from '../window.js'
import { depthwise, isBlockedDepthwise } from './blocked.js'
import { eachProduct, groupedOf, type GroupedAttributes } from './products.js'
import { inGroups, isDepthwise, spread } from './tensorflow.js'

/**
 * Convolution of NHWC images whose channels and filters are split into groups that know nothing of each other (Krizhevsky
 * et al. 2012, section 3.5); filter [height, width, channels / groups, filters]. With as many groups as channels it is the
 * depthwise convolution. Strides and dilations may go together, which tfjs's own convolution refuses.
 */
export const groupedConv2d = defineKernel<'x' | 'filter', GroupedAttributes>('GroupedConv2D', {
  infer: ({ x, filter }, attributes) => [
    { shape: convWindow(x.shape, filter.shape, attributes).outShape, dtype: 'float32' },
  ],
  layout: 'image',
  gradient: {
    inputsToSave: ['x', 'filter'],
    gradFunc: (dys, saved, attributes) => {
      const [dy, x, filter] = [dys as Tensor, saved[0] as Tensor, saved[1] as Tensor]
      const run = (kernel: string, inputs: Record<string, Tensor>, shape: object) =>
        tf.engine().runKernel<Tensor>(kernel, inputs, { ...attributes, ...shape })
      return {
        x: () => run('GroupedConv2DBackpropInput', { dy, filter }, { inputShape: x.shape }),
        filter: () => run('GroupedConv2DBackpropFilter', { x, dy }, { filterShape: filter.shape }),
      }
    },
  },
  onnx: (e, { inputs: { x, filter }, attributes }) => {
    const window = convWindow(x.shape, filter.shape, attributes)
    const options = { dilations: { ints: window.dilation }, group: { int: attributes.groups } }
    return e.node('Conv', [x.name, filter.name], { ...onnxWindow(window), ...options })
  },
  blocked: (e, { inputs: { x, filter }, attributes }) => {
    const grouped = groupedOf(x.shape, filter.shape, attributes)
    return isBlockedDepthwise(e, grouped) ? depthwise(e, x, filter, grouped) : undefined
  },
  tensorflow: (e, { inputs: { x, filter }, attributes }) => {
    const given = groupedOf(x.shape, filter.shape, attributes)
    // TensorFlow 2.21 ends the process where it joins a bias to a depthwise convolution with pixels on each side.
    const pads = isDepthwise(given) && isExplicit(attributes)
    const plain: GroupedAttributes = pads ? { ...attributes, pad: 'valid' } : attributes
    const grouped = pads ? groupedOf(paddedShape(x.shape, given.window), filter.shape, plain) : given
    return inGroups(e, grouped, plain, {
      plain: 'Conv2D',
      depthwise: 'DepthwiseConv2dNative',
      inputs: [pads ? paddedAround(e, x, given.window) : x.name, spread(e, filter.name, grouped)],
      arrange: (images, filters) => [images, filters],
    })
  },
  reference: ({ inputs, attrs, backend }) => {
    const [x, filter] = [valuesOf(backend, inputs['x']), valuesOf(backend, inputs['filter'])]
    const shapes = [inputs['x']?.shape ?? [], inputs['filter']?.shape ?? []] as const
    const grouped = groupedOf(...shapes, attrs as unknown as GroupedAttributes)
    const y = new Float64Array(count(grouped.window.outShape))
    eachProduct(grouped, (at, tap, to) => (y[to]! += x[at]! * filter[tap]!))
    return output(backend, grouped.window.outShape, Float32Array.from(y))
  },
})
