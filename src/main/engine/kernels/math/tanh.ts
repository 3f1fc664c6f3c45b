import { unary } from '../elementwise.js'

/** Hyperbolic tangent of each value. */
export const tanh = unary('Tanh', 'Tanh')
