import { unary } from '../elementwise.js'

/** Square root of each value. */
export const sqrt = unary('Sqrt', 'Sqrt')
