import { unary } from '../elementwise.js'

/** 1 / (1 + exp(-x)) of each value. */
export const sigmoid = unary('Sigmoid', 'Sigmoid')
