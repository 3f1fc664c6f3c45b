import { binary } from '../elementwise.js'

/** True where the first tensor is not larger. */
export const lessEqual = binary('LessEqual', 'LessOrEqual', 'bool')
