import type { BlockBuilder, Port } from '../define.js'
import { convolve } from '../parts.js'

/** What the kinds of bottleneck differ in. */
export interface Bottleneck {
  /** Channels of the two inner convolutions. */
  readonly width: number
  /** Channels out. */
  readonly channels: number
  readonly stride: number
  /** Which convolution takes the stride: the first 1x1 (v1) or the 3x3 (v1.5). */
  readonly variant: 'v1' | 'v1.5'
  /** Parts of the 3x3 convolution that know nothing of each other; left out: 1. */
  readonly groups?: number
  readonly batchNorm: boolean
  /** Biases in front of batch norm too. */
  readonly bias?: boolean
  /** What the branch passes through before it is added. */
  readonly branch?: (x: Port) => Port
}

/** 1x1, 3x3 and 1x1 convolution whose result is added to the input, which takes a projection where shapes differ. */
export function bottleneckResidual(g: BlockBuilder, input: Port, spec: Bottleneck): Port {
  const { width, channels, stride, batchNorm, groups = 1 } = spec
  const norm = { batchNorm, bias: (spec.bias ?? false) || !batchNorm }
  const [first, second] = spec.variant === 'v1' ? [stride, 1] : [1, stride]
  const narrow = { filters: width, activation: 'relu', ...norm }
  const reduced = convolve(g, 'conv_1', input, { ...narrow, kernel: 1, stride: first })
  const inner = convolve(g, 'conv_2', reduced, { ...narrow, kernel: 3, stride: second, groups })
  const wide = convolve(g, 'conv_3', inner, { filters: channels, kernel: 1, ...norm })
  // With an open image size equal shapes do not mean equal sizes: a stride always takes the projection.
  const fits = stride === 1 && g.fits(input, wide)
  const skip = fits ? input : convolve(g, 'projection', input, { filters: channels, kernel: 1, stride, ...norm })
  return g.add('relu', 'relu', {}, g.add('add', 'add', {}, spec.branch?.(wide) ?? wide, skip))
}

/** Setting line of a bottleneck: `64 → 256 / 2`. */
export function bottleneckText(p: { readonly width: number; readonly channels: number; readonly stride: number }) {
  return `${p.width} → ${p.channels}${p.stride === 1 ? '' : ` / ${p.stride}`}`
}
