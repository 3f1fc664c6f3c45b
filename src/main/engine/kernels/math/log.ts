import { unary } from '../elementwise.js'

/** Natural logarithm of each value. */
export const log = unary('Log', 'Log')
