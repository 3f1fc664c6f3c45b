import { storedShape } from '../../onnx/layout.js'
import { count } from '../../step/step.js'
import { output, valuesOf } from '../../tfjs/reference.js'
import { defineKernel } from '../define.js'

/**
 * A tensor repeated along its axes of length 1 until it has a shape of the same rank: the slopes of what a sum or mean was taken of.
 * tfjs multiplies by ones of that shape, which a step would hold as a constant for every image of a batch.
 */
export const spread = defineKernel<'x', { readonly shape: readonly number[] }>('Spread', {
  infer: ({ x }, { shape }) => [{ shape, dtype: x.dtype }],
  onnx: (e, { inputs: { x }, attributes: { shape }, outputs: [y] }) =>
    e.node('Expand', [x.name, e.ints(storedShape(shape, y.layout))]),
  blocked: (e, { inputs: { x }, attributes: { shape }, outputs: [y] }) => {
    const [batch, height, width, channels] = shape as [number, number, number, number]
    if (y.layout !== 'blocked' || `${x.shape}` !== `${[batch, 1, 1, channels]}`) return undefined
    // Of a single place the order is the same in every layout.
    const [blocks, places] = [(batch * channels) / e.block, height * width]
    const cells = e.node('Expand', [e.reshape(x.name, [blocks, 1, e.block]), e.ints([blocks, places, e.block])])
    return e.reshape(cells, storedShape(shape, 'blocked'))
  },
  tensorflow: (e, { inputs: { x }, attributes: { shape } }) =>
    e.typed('BroadcastTo', x.dtype, [x.name, e.ints(shape)], { Tidx: { type: 'int32' } }),
  reference: ({ inputs, attrs, backend }) => {
    const [x, from] = [valuesOf(backend, inputs['x']), inputs['x']?.shape ?? []]
    const shape = (attrs as unknown as { readonly shape: readonly number[] }).shape
    const y = Float32Array.from({ length: count(shape) }, (_, i) => {
      let [at, inside] = [0, i]
      shape.forEach((_size, axis) => {
        const stride = count(shape.slice(axis + 1))
        const place = Math.floor(inside / stride)
        inside %= stride
        at = at * (from[axis] as number) + (from[axis] === 1 ? 0 : place)
      })
      return x[at] as number
    })
    return output(backend, shape, y)
  },
})
