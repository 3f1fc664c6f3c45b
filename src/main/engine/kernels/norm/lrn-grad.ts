import type { Emitter, Operand } from '../../onnx/emitter.js'
import { inBlocks } from '../../onnx/layout.js'
import { defineKernel } from '../define.js'
import { nearby, type LrnAttributes, power, strength } from './neighbours.js'
import { tfNearby, tfShrunk, tfStrength } from './tensorflow.js'

/**
 * Gradient of local response normalisation: with s = strength and sums over the same neighbours,
 * `dy / s^beta - 2 alpha beta x sum(dy y / s)`.
 */
export const lrnGrad = defineKernel<'x' | 'y' | 'dy', LrnAttributes>('LRNGrad', {
  infer: ({ x }) => [x],
  layout: 'image',
  onnx: (e, { inputs: { x, y, dy }, attributes }) => slopes(e, x, y, dy, attributes),
  blocked: (e, { inputs: { x, y, dy }, attributes, outputs: [dx] }) =>
    dx.layout === 'blocked' ? slopes(e, inBlocks(e, x), inBlocks(e, y), inBlocks(e, dy), attributes) : undefined,
  tensorflow: (e, { inputs: { x, y, dy }, attributes }) => {
    const { depthRadius, alpha, beta } = attributes
    const s = tfStrength(e, x, attributes)
    const share = e.typed('RealDiv', x.dtype, [e.typed('Mul', x.dtype, [dy.name, y.name]), s])
    const crossed = e.typed('Mul', x.dtype, [x.name, tfNearby(e, share, x, depthRadius, 2 * alpha * beta)])
    return e.typed('Sub', x.dtype, [e.typed('Mul', x.dtype, [dy.name, tfShrunk(e, s, beta)]), crossed])
  },
})

function slopes(e: Emitter, x: Operand, y: Operand, dy: Operand, attributes: LrnAttributes): string {
  const { depthRadius, alpha, beta } = attributes
  const s = strength(e, x, attributes)
  const share = e.node('Div', [e.node('Mul', [dy.name, y.name]), s])
  const crossed = e.node('Mul', [x.name, nearby(e, share, x, depthRadius, 2 * alpha * beta)])
  return e.node('Sub', [e.node('Div', [dy.name, power(e, s, beta)]), crossed])
}
