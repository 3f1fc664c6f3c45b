import { unary } from '../elementwise.js'

/** Exponential of each value. */
export const exp = unary('Exp', 'Exp')
