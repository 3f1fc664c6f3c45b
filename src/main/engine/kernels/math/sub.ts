import { binary } from '../elementwise.js'

/** Difference of two tensors. */
export const sub = binary('Sub', 'Sub')
