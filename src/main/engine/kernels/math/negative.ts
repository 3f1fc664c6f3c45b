import { unary } from '../elementwise.js'

/** Each value with the other sign. */
export const negative = unary('Neg', 'Neg')
