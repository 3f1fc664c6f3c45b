import { binary } from '../elementwise.js'

/** True where the first tensor is smaller. */
export const less = binary('Less', 'Less', 'bool')
