import { defineKernel } from '../define.js'
import { band, type LrnAttributes, power, strength, tfNeighbours } from './neighbours.js'

/**
 * Gradient of local response normalisation: with s = strength and sums over the same neighbours,
 * `dy / s^beta - 2 alpha beta x sum(dy y / s)`.
 */
export const lrnGrad = defineKernel<'x' | 'y' | 'dy', LrnAttributes>('LRNGrad', {
  infer: ({ x }) => [x],
  layout: 'image',
  onnx: (e, { inputs: { x, y, dy }, attributes }) => {
    const { depthRadius, alpha, beta } = attributes
    const s = strength(e, x, attributes)
    const share = e.node('Div', [e.node('Mul', [dy.name, y.name]), s])
    const filter = band(e, x.shape[3] as number, depthRadius, 2 * alpha * beta)
    const crossed = e.node('Mul', [x.name, e.node('Conv', [share, filter])])
    return e.node('Sub', [e.node('Div', [dy.name, power(e, s, beta)]), crossed])
  },
  tensorflow: (e, { inputs: { x, y, dy }, attributes }) =>
    e.typed('LRNGrad', x.dtype, [dy.name, x.name, y.name], tfNeighbours(attributes)),
})
