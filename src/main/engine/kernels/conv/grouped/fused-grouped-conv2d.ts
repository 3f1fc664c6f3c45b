import { valuesOf } from '../../../tfjs/reference.js'
import { type Activated, activated, onnxActivated, tfActivated } from '../../activation.js'
import { defineKernel } from '../../define.js'
import { convWindow } from '../window.js'
import { depthwise, isBlockedDepthwise } from './blocked.js'
import { onnxGrouped, referenceGrouped, tfGrouped } from './grouped-conv2d.js'
import { groupedOf, type GroupedAttributes } from './products.js'

/** Grouped convolution with a bias [filters] and perhaps an activation; made by the passes `fuse-bias` and `fuse-activation`. */
export const fusedGroupedConv2d = defineKernel<'x' | 'filter' | 'bias', GroupedAttributes & Activated>(
  'FusedGroupedConv2D',
  {
    infer: ({ x, filter }, attributes) => [
      { shape: convWindow(x.shape, filter.shape, attributes).outShape, dtype: 'float32' },
    ],
    layout: 'image',
    onnx: (e, { inputs, attributes }) => onnxActivated(e, onnxGrouped(e, inputs, attributes), attributes.activation),
    blocked: (e, { inputs: { x, filter, bias }, attributes }) => {
      const grouped = groupedOf(x.shape, filter.shape, attributes)
      if (!isBlockedDepthwise(e, grouped)) return undefined
      return depthwise(e, x, filter, grouped, { bias: bias.name, activation: attributes.activation })
    },
    tensorflow: (e, { inputs: { x, filter, bias }, attributes }) => {
      const sum = e.typed('BiasAdd', x.dtype, [tfGrouped(e, { x, filter }, attributes), bias.name])
      return tfActivated(e, sum, attributes.activation)
    },
    reference: ({ inputs, attrs, backend }) => {
      const bias = valuesOf(backend, inputs['bias'])
      const { activation } = attrs as unknown as Activated
      return referenceGrouped({ inputs, attrs, backend }, (value, filter) =>
        activated(value + (bias[filter] as number), activation),
      )
    },
  },
)
