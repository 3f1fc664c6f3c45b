import { unary } from '../elementwise.js'

/** log(1 + exp(x)) of each value. */
export const softplus = unary('Softplus', 'Softplus')
