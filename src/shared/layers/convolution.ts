import type { Tensor4D } from '@tensorflow/tfjs-core'
import type { Tensor, Tf, WeightSpec } from './define.js'
import { pair, type Window } from './geometry.js'
import { paddingFields, tfPadding } from './padding.js'
import type { Misfit } from './shapes.js'

/** A convolution whose channels and filters are split into groups that know nothing of each other. */
export interface Convolution extends Window {
  readonly dilation: readonly [number, number]
  readonly groups: number
}

/**
 * Images [batch, height, width, channels] convolved with a kernel [height, width, channels / groups, filters]. Groups and
 * dilations go through a kernel of our own (`src/main/engine/kernels/conv/grouped`): tfjs has no groups, and no gradient of
 * a dilated convolution.
 */
export function convolve(tf: Tf, x: Tensor, kernel: Tensor, conv: Convolution): Tensor {
  const { stride, dilation, groups } = conv
  const pad = tfPadding(conv, x.shape)
  if (groups === 1 && dilation[0] * dilation[1] === 1) {
    return tf.conv2d(x as Tensor4D, kernel as Tensor4D, pair(stride), pad)
  }
  const attributes = { strides: pair(stride), dilations: pair(dilation), pad, groups }
  return tf.engine().runKernel<Tensor>('GroupedConv2D', { x, filter: kernel }, attributes)
}

/** The fields that say how a convolution pads its border. */
export function convPadding() {
  const doc = 'How the border is padded with zeros: `same` keeps the size at stride 1, `valid` adds none.'
  return paddingFields(doc, 1)
}

/** A kernel [height, width, channels of a group, filters] with He's start; a filter sees the channels of its group only. */
export function kernelWeight(kernel: readonly [number, number], inGroup: number, filters: number, groups = 1) {
  const area = kernel[0] * kernel[1]
  const init = { kind: 'he-normal', fanIn: area * inGroup, fanOut: (area * filters) / groups } as const
  return { shape: [...kernel, inGroup, filters], init, role: 'trainable' } satisfies WeightSpec
}

/** An offset per filter that begins at zero. */
export function biasWeight(filters: number): WeightSpec {
  return { shape: [filters], init: { kind: 'constant', value: 0 }, role: 'trainable' }
}

/** Why channels and filters cannot be split into so many groups; `undefined` if they can. */
export function groupsMisfit(channels: number, filters: number, groups: number): Misfit | undefined {
  const [count, what] = channels % groups !== 0 ? [channels, 'input channels'] : [filters, 'filters']
  if (count % groups === 0) return undefined
  return {
    code: 'shape/groups',
    message: `${count} ${what} cannot be split into ${groups} equal groups.`,
    hint: `Use a number of groups that divides both ${channels} (channels) and ${filters} (filters), or 1.`,
    input: 0,
  }
}
