import { binary } from '../elementwise.js'

/** True where the first tensor is not smaller. */
export const greaterEqual = binary('GreaterEqual', 'GreaterOrEqual', 'bool')
