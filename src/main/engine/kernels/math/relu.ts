import { unary } from '../elementwise.js'

/** Each value, or 0 where it is negative. */
export const relu = unary('Relu', 'Relu')
