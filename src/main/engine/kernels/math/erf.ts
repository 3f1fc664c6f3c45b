import { unary } from '../elementwise.js'

/** The error function of each value. */
export const erf = unary('Erf', 'Erf')
