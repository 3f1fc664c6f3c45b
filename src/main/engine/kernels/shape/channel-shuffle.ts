import type { Tensor } from '@tensorflow/tfjs-core'
import { count } from '../../step/step.js'
import { output, valuesOf } from '../../tfjs/reference.js'
import { tf } from '../../tf.js'
import { defineKernel } from '../define.js'

/**
 * The channels of NHWC images, split into groups, dealt out anew: first the first of every group, then the second, and so on
 * (Zhang et al. 2018, section 3.1). A kernel of its own since channels lie before the places in ONNX: one transpose does it.
 */
export const channelShuffle = defineKernel<'x', { readonly groups: number }>('ChannelShuffle', {
  infer: ({ x }) => [x],
  layout: 'image',
  gradient: {
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attributes) => ({
      x: () => {
        const groups = (x as Tensor).shape[3]! / (attributes['groups'] as number)
        return tf.engine().runKernel<Tensor>('ChannelShuffle', { x: dy as Tensor }, { groups })
      },
    }),
  },
  onnx: (e, { inputs: { x }, attributes: { groups } }) => {
    const [batch, height, width, channels] = x.shape as [number, number, number, number]
    const split = e.reshape(x.name, [batch, groups, channels / groups, height * width])
    return e.reshape(e.transpose(split, [0, 2, 1, 3]), [batch, channels, height, width])
  },
  tensorflow: (e, { inputs: { x }, attributes: { groups } }) => {
    const channels = x.shape[3] as number
    const split = e.reshape(x, [count(x.shape.slice(0, 3)), groups, channels / groups])
    const dealt = e.typed('Transpose', x.dtype, [split, e.ints([0, 2, 1])], { Tperm: { type: 'int32' } })
    return e.reshape({ name: dealt, dtype: x.dtype }, x.shape)
  },
  reference: ({ inputs, attrs, backend }) => {
    const x = valuesOf(backend, inputs['x'])
    const shape = inputs['x']?.shape ?? []
    const channels = shape[3] as number
    const groups = (attrs as unknown as { groups: number }).groups
    const from = (channel: number) => (channel % groups) * (channels / groups) + Math.floor(channel / groups)
    return output(
      backend,
      shape,
      Float32Array.from(x, (_, i) => x[i - (i % channels) + from(i % channels)] as number),
    )
  },
})
