import { unary } from '../elementwise.js'

/** Cosine of each value. */
export const cos = unary('Cos', 'Cos')
