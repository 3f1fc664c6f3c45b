import { choice, flag, int, number } from '../../layers/fields.js'
import type { BlockBuilder, Port } from '../define.js'
import { channelsInto, convolve } from '../parts.js'

/** Fields that all blocks of Inception-ResNet have. */
export function widthFields(n: number) {
  return {
    n: int('N: the width that all others are multiples of.', n, { max: 16_384 }),
    batch_norm: flag('Batch norm behind every inner convolution.', true),
    bn_scale: flag('Batch norm learns a factor per channel; Keras leaves it out.', true),
  }
}

/** Fields of the blocks that add to their input. */
export function residualFields() {
  return {
    scaling: number('Factor of the branch before it is added; 1 leaves it as it is.', 1, { min: 0, max: 10 }),
    relu: flag('ReLU after the addition.', true),
  }
}

/** Fields of the blocks whose widths differ between Keras and the article; `doc` says in what. */
export function formFields(n: number, doc: string) {
  return { ...widthFields(n), form: choice(doc, 'keras', 'article'), ...residualFields() }
}

interface Norm {
  readonly batch_norm: boolean
  readonly bn_scale: boolean
}

/** Convolutions with what follows them in these blocks; widths are rounded. */
export function convolver(g: BlockBuilder, { batch_norm: batchNorm, bn_scale: scale }: Norm) {
  return (
    name: string,
    input: Port,
    filters: number,
    kernel: number | readonly [number, number],
    halves: 'halves' | undefined = undefined,
  ) =>
    convolve(g, name, input, {
      filters: Math.max(1, Math.round(filters)),
      kernel,
      ...(halves && { stride: 2, padding: 'valid' }),
      batchNorm,
      scale,
      activation: 'relu',
    })
}

/** Join the branches, bring them to the channels of the input by a linear 1x1 convolution, and add them to it. */
export function addToInput(
  g: BlockBuilder,
  input: Port,
  branches: readonly Port[],
  p: { readonly scaling: number; readonly relu: boolean },
): Port {
  const joined = g.add('concat', 'concat', {}, ...branches)
  const linear = convolve(g, 'linear', joined, {
    filters: channelsInto(g, input),
    kernel: 1,
    batchNorm: false,
  })
  const branch = p.scaling === 1 ? linear : g.add('scale', 'scale', { factor: p.scaling }, linear)
  const sum = g.add('add', 'add', {}, input, branch)
  return p.relu ? g.add('relu', 'relu', {}, sum) : sum
}

/** 3x3 max pool of the reductions. */
export function poolBranch(g: BlockBuilder, input: Port): Port {
  return g.add('pool', 'max_pool', { kernel: 3, stride: 2, padding: 'valid' }, input)
}
