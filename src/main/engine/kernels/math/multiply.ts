import { binary } from '../elementwise.js'

/** Product of two tensors, value by value. */
export const multiply = binary('Multiply', 'Mul')
