import { binary } from '../elementwise.js'

/** Sum of two tensors. */
export const add = binary('Add', 'Add')
