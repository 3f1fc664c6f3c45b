import type { BlockBuilder, Port } from '../define.js'
import { channelsInto, convolve, depthwise } from '../parts.js'

/** What the kinds of inverted residual differ in. */
export interface Inverted {
  /** Channels of the wide middle. */
  readonly hidden: number
  /** Channels out. */
  readonly channels: number
  readonly kernel: number
  readonly stride: number
  /** Layer type of the activation. */
  readonly activation: string
  /** Whether the first 1x1 stands also where it makes the middle no wider. */
  readonly always?: boolean
  /** What the wide middle passes through before it is narrowed again. */
  readonly middle?: (x: Port) => Port
  /** What the branch passes through before it is added to the input. */
  readonly branch?: (x: Port) => Port
}

/**
 * Wide in the middle and narrow at its ends, the wide part depthwise (Sandler et al. 2018, figure 3b): 1x1, depthwise,
 * linear 1x1. Unless asked for, the first 1x1 is left out where the middle is no wider than the input; the input is added where it fits.
 */
export function invertedResidual(g: BlockBuilder, input: Port, spec: Inverted): Port {
  const { hidden, channels, kernel, stride, activation, always, middle, branch } = spec
  const rest = { batchNorm: true, activation }
  const isWider = always || hidden !== channelsInto(g, input)
  const wide = isWider ? convolve(g, 'expand', input, { filters: hidden, kernel: 1, ...rest }) : input
  const seen = depthwise(g, 'depthwise', wide, { kernel, stride, ...rest })
  const narrow = convolve(g, 'project', middle ? middle(seen) : seen, { filters: channels, kernel: 1, batchNorm: true })
  // With an open image size equal shapes do not mean equal sizes: a stride never takes the skip wire.
  if (stride !== 1 || !g.fits(input, narrow)) return narrow
  return g.add('add', 'add', {}, branch ? branch(narrow) : narrow, input)
}

/** Channels as a multiple of 8, at least 8, and never less than nine tenths of what was asked for (Sandler et al. 2018). */
export function byEights(channels: number): number {
  const rounded = Math.max(8, Math.floor((channels + 4) / 8) * 8)
  return rounded < 0.9 * channels ? rounded + 8 : rounded
}
