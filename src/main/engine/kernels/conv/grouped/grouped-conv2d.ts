import type { KernelFunc, Tensor, TensorInfo } from '@tensorflow/tfjs-core'
import type { Emitter, Operand } from '../../../onnx/emitter.js'
import { count } from '../../../step/step.js'
import { output, valuesOf } from '../../../tfjs/reference.js'
import type { GraphEmitter, TfValue } from '../../../tensorflow/emitter.js'
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
  onnx: (e, { inputs, attributes }) => onnxGrouped(e, inputs, attributes),
  blocked: (e, { inputs: { x, filter }, attributes }) => {
    const grouped = groupedOf(x.shape, filter.shape, attributes)
    return isBlockedDepthwise(e, grouped) ? depthwise(e, x, filter, grouped) : undefined
  },
  tensorflow: (e, { inputs, attributes }) => tfGrouped(e, inputs, attributes),
  reference: (call) => referenceGrouped(call, (value) => value),
})

type Inputs<T> = Readonly<Record<'x' | 'filter', T>> & { readonly bias?: T }

/** As an ONNX operator, with a bias if there is one. */
export function onnxGrouped(e: Emitter, { x, filter, bias }: Inputs<Operand>, attributes: GroupedAttributes): string {
  const window = convWindow(x.shape, filter.shape, attributes)
  const options = { dilations: { ints: window.dilation }, group: { int: attributes.groups } }
  const inputs = [x.name, filter.name, ...(bias ? [bias.name] : [])]
  return e.node('Conv', inputs, { ...onnxWindow(window), ...options })
}

/** As TensorFlow operations, without bias. */
export function tfGrouped(e: GraphEmitter, { x, filter }: Inputs<TfValue>, attributes: GroupedAttributes): string {
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
}

/** In plain loops; `finish` makes of each sum the value of its filter. */
export function referenceGrouped(
  { inputs, attrs, backend }: Pick<Parameters<KernelFunc>[0], 'inputs' | 'attrs' | 'backend'>,
  finish: (sum: number, filter: number) => number,
): TensorInfo {
  const [x, filter] = [valuesOf(backend, inputs['x']), valuesOf(backend, inputs['filter'])]
  const shapes = [inputs['x']?.shape ?? [], inputs['filter']?.shape ?? []] as const
  const grouped = groupedOf(...shapes, attrs as unknown as GroupedAttributes)
  const { outShape } = grouped.window
  const y = new Float64Array(count(outShape))
  eachProduct(grouped, (at, tap, to) => (y[to]! += x[at]! * filter[tap]!))
  return output(
    backend,
    outShape,
    Float32Array.from(y, (sum, i) => finish(sum, i % (outShape[3] as number))),
  )
}
