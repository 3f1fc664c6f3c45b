import { defineKernel } from '../define.js'
import { arranged, convImage, convolved } from './blocked.js'
import { blockedWindow, convWindow, onnxWindow, tfWindow, type WindowAttributes } from './window.js'

/** Convolution with a bias [channels]; made by the pass `fuse-bias`. */
export const fusedConv2d = defineKernel<'x' | 'filter' | 'bias', WindowAttributes>('FusedConv2D', {
  infer: ({ x, filter }, attributes) => [
    { shape: convWindow(x.shape, filter.shape, attributes).outShape, dtype: 'float32' },
  ],
  layout: 'image',
  onnx: (e, { inputs: { x, filter, bias }, attributes }) => {
    const window = convWindow(x.shape, filter.shape, attributes)
    const options = { ...onnxWindow(window), dilations: { ints: window.dilation } }
    return e.node('Conv', [x.name, filter.name, bias.name], options)
  },
  blocked: (e, { inputs: { x, filter, bias }, attributes, outputs: [out] }) => {
    const image = convImage(e, x)
    const window = convWindow(x.shape, filter.shape, attributes)
    return image && convolved(e, image, arranged(e, filter), out, { ...blockedWindow(window), bias: bias.name })
  },
  tensorflow: (e, { inputs: { x, filter, bias }, attributes }) => {
    const window = convWindow(x.shape, filter.shape, attributes)
    const y = e.typed('Conv2D', x.dtype, [x.name, filter.name], tfWindow(window, attributes))
    return e.typed('BiasAdd', x.dtype, [y, bias.name])
  },
})
