import type { BlockBuilder, Port } from '../define.js'
import { normedConv } from '../dense-block.js'
import { BATCH_NORM } from '../parts.js'

/** What the kinds of pre-activation blocks of two 3x3 convolutions differ in. */
export interface Preactivation {
  readonly filters: number
  /** Step of the first convolution. */
  readonly stride: number
  /** Share of values that dropout sets to zero between the two; left out: none. */
  readonly rate?: number
}

/** Batch norm and ReLU in front of each of two 3x3 convolutions, added to the input (He et al. 2016b, figure 1b). */
export function preactivated(g: BlockBuilder, input: Port, { filters, stride, rate = 0 }: Preactivation): Port {
  const active = g.add('relu', 'relu', {}, g.add('bn', 'batch_norm', BATCH_NORM, input))
  const first = g.add('conv_1', 'conv2d', { filters, kernel: 3, stride, bias: false }, active)
  const branch = normedConv(g, 'second', first, filters, 3, { rate })
  // With an open image size equal shapes do not mean equal sizes: a stride always takes the projection.
  const fits = stride === 1 && g.fits(input, branch)
  const projected = { filters, kernel: 1, stride, bias: false }
  return g.add('add', 'add', {}, branch, fits ? input : g.add('projection', 'conv2d', projected, active))
}
