import { type Activated, onnxActivated, tfActivated } from '../activation.js'
import { defineKernel } from '../define.js'
import { arranged, convImage, convolved } from './blocked.js'
import { blockedWindow, convWindow, onnxWindow, tfWindow, type WindowAttributes } from './window.js'

/** Convolution with a bias [channels] and perhaps an activation; made by the passes `fuse-bias` and `fuse-activation`. */
export const fusedConv2d = defineKernel<'x' | 'filter' | 'bias', WindowAttributes & Activated>('FusedConv2D', {
  infer: ({ x, filter }, attributes) => [
    { shape: convWindow(x.shape, filter.shape, attributes).outShape, dtype: 'float32' },
  ],
  layout: 'image',
  onnx: (e, { inputs: { x, filter, bias }, attributes }) => {
    const window = convWindow(x.shape, filter.shape, attributes)
    const options = { ...onnxWindow(window), dilations: { ints: window.dilation } }
    return onnxActivated(e, e.node('Conv', [x.name, filter.name, bias.name], options), attributes.activation)
  },
  blocked: (e, { inputs: { x, filter, bias }, attributes, outputs: [out] }) => {
    const image = convImage(e, x)
    const { activation } = attributes
    const window = blockedWindow(convWindow(x.shape, filter.shape, attributes))
    return image && convolved(e, image, arranged(e, filter), out, { ...window, bias: bias.name, activation })
  },
  tensorflow: (e, { inputs: { x, filter, bias }, attributes }) => {
    const window = convWindow(x.shape, filter.shape, attributes)
    const y = e.typed('Conv2D', x.dtype, [x.name, filter.name], tfWindow(window, attributes))
    return tfActivated(e, e.typed('BiasAdd', x.dtype, [y, bias.name]), attributes.activation)
  },
})
