import { inBlocks } from '../../onnx/layout.js'
import type { Emitter, Operand } from '../../onnx/emitter.js'
import { defineKernel } from '../define.js'
import { type LrnAttributes, power, strength } from './neighbours.js'
import { tfShrunk, tfStrength } from './tensorflow.js'

/** Local response normalisation across channels (Krizhevsky et al. 2012, section 3.3): `x / strength ^ beta`. */
export const lrn = defineKernel<'x', LrnAttributes>('LRN', {
  infer: ({ x }) => [x],
  layout: 'image',
  onnx: (e, { inputs: { x }, attributes }) => divided(e, x, attributes),
  blocked: (e, { inputs: { x }, attributes, outputs: [y] }) =>
    y.layout === 'blocked' ? divided(e, inBlocks(e, x), attributes) : undefined,
  tensorflow: (e, { inputs: { x }, attributes }) =>
    e.typed('Mul', x.dtype, [x.name, tfShrunk(e, tfStrength(e, x, attributes), attributes.beta)]),
})

function divided(e: Emitter, x: Operand, attributes: LrnAttributes): string {
  return e.node('Div', [x.name, power(e, strength(e, x, attributes), attributes.beta)])
}
