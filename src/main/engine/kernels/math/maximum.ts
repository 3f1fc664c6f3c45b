import { binary } from '../elementwise.js'

/** The larger of two tensors, value by value. */
export const maximum = binary('Maximum', 'Max')
