import type { BlockBuilder, Port } from './define.js'

/** A convolution with what usually follows it. */
export interface ConvSpec {
  readonly filters: number
  readonly kernel: number | readonly [number, number]
  readonly stride?: number | readonly [number, number]
  readonly padding?: 'same' | 'valid'
  readonly batchNorm: boolean
  /** Layer type of the activation; left out: none. */
  readonly activation?: string | undefined
}

/**
 * Batch norm in blocks and templates: the moving statistics follow within a few dozen steps, as in He et al.'s nets, so
 * that validation means something after a short first epoch.
 */
export const BATCH_NORM = { momentum: 0.9 } as const

/** Convolution `name`, then `name_bn` and `name_relu` (or another activation); no bias in front of batch norm. */
export function convolve(g: BlockBuilder, name: string, input: Port, spec: ConvSpec): Port {
  const { filters, kernel, stride = 1, padding = 'same', batchNorm, activation } = spec
  const conv = g.add(name, 'conv2d', { filters, kernel, stride, padding, bias: !batchNorm }, input)
  const norm = batchNorm ? g.add(`${name}_bn`, 'batch_norm', BATCH_NORM, conv) : conv
  return activation === undefined ? norm : g.add(`${name}_${activation}`, activation, {}, norm)
}
