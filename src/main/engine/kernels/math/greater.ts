import { binary } from '../elementwise.js'

/** True where the first tensor is larger. */
export const greater = binary('Greater', 'Greater', 'bool')
