import { binary } from '../elementwise.js'

/** Quotient of two tensors, value by value. */
export const divide = binary('RealDiv', 'Div')
