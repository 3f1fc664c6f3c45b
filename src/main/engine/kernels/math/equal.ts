import { binary } from '../elementwise.js'

/** True where two tensors are equal. */
export const equal = binary('Equal', 'Equal', 'bool')
