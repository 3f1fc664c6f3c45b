import { defineKernel } from '../define.js'
import { arranged, convImage, convolved } from './blocked.js'
import { blockedWindow, convWindow, onnxWindow, tfWindow, type WindowAttributes } from './window.js'

/** Convolution of NHWC images with an HWIO filter. */
export const conv2d = defineKernel<'x' | 'filter', WindowAttributes>('Conv2D', {
  infer: ({ x, filter }, attributes) => [
    { shape: convWindow(x.shape, filter.shape, attributes).outShape, dtype: 'float32' },
  ],
  layout: 'image',
  onnx: (e, { inputs: { x, filter }, attributes }) => {
    const window = convWindow(x.shape, filter.shape, attributes)
    return e.node('Conv', [x.name, filter.name], { ...onnxWindow(window), dilations: { ints: window.dilation } })
  },
  blocked: (e, { inputs: { x, filter }, attributes, outputs: [out] }) => {
    const image = convImage(e, x)
    const window = convWindow(x.shape, filter.shape, attributes)
    return image && convolved(e, image, arranged(e, filter), out, blockedWindow(window))
  },
  tensorflow: (e, { inputs: { x, filter }, attributes }) => {
    const window = convWindow(x.shape, filter.shape, attributes)
    return e.typed('Conv2D', x.dtype, [x.name, filter.name], tfWindow(window, attributes))
  },
})
