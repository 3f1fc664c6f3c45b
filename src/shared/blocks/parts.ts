import { channelsOf } from '../layers/shapes.js'
import type { BlockBuilder, Port } from './define.js'

/** A convolution with what usually follows it. */
export interface ConvSpec {
  readonly filters: number
  readonly kernel: number | readonly [number, number]
  readonly stride?: number | readonly [number, number]
  readonly padding?: 'same' | 'valid'
  /** Parts that know nothing of each other; left out: 1. */
  readonly groups?: number
  readonly batchNorm: boolean
  /** Whether batch norm learns a factor per channel; Keras' Inception nets leave it out. */
  readonly scale?: boolean
  /** Left out: a bias only where no batch norm follows. */
  readonly bias?: boolean
  /** Layer type of the activation; left out: none. */
  readonly activation?: string | undefined
}

/**
 * Batch norm in blocks and templates: the moving statistics follow within a few dozen steps, as in He et al.'s nets, so
 * that validation means something after a short first epoch.
 */
export const BATCH_NORM = { momentum: 0.9 } as const

/** Convolution `name`, then `name_bn` and `name_relu` (or another activation). */
export function convolve(g: BlockBuilder, name: string, input: Port, spec: ConvSpec): Port {
  const { filters, kernel, stride = 1, padding = 'same', groups = 1, batchNorm, bias = !batchNorm } = spec
  return followed(g, name, g.add(name, 'conv2d', { filters, kernel, stride, padding, groups, bias }, input), spec)
}

/** A depthwise convolution with what usually follows it, named like `convolve`. */
export function depthwise(
  g: BlockBuilder,
  name: string,
  input: Port,
  spec: Omit<ConvSpec, 'filters' | 'groups'>,
): Port {
  const { kernel, stride = 1, padding = 'same', batchNorm, bias = !batchNorm } = spec
  return followed(g, name, g.add(name, 'depthwise_conv2d', { kernel, stride, padding, bias }, input), spec)
}

function followed(g: BlockBuilder, name: string, conv: Port, spec: Omit<ConvSpec, 'filters' | 'kernel'>): Port {
  const { batchNorm, scale = true, activation } = spec
  const norm = batchNorm ? g.add(`${name}_bn`, 'batch_norm', { ...BATCH_NORM, scale }, conv) : conv
  return activation === undefined ? norm : g.add(`${name}_${activation}`, activation, {}, norm)
}

/** Most filters that a convolution may have. */
const MOST_FILTERS = 65_536

/** Channels that a port brings, as a number of filters: 1 while they are unknown, never more than a convolution can have. */
export function channelsInto(g: BlockBuilder, port: Port): number {
  const shape = g.shape(port)
  return shape ? Math.min(channelsOf(shape), MOST_FILTERS) : 1
}
