import { flag, int } from '../../layers/fields.js'
import type { BlockBuilder, Port } from '../define.js'
import { defineBlock } from '../define.js'
import { BATCH_NORM, convolve } from '../parts.js'

/** Residual block of separable convolutions (Chollet 2017, figure 5): ReLU, separable convolution and batch norm, repeated. */
export const xceptionResidual = defineBlock({
  type: 'xception_residual',
  title: 'Xception residual',
  doc: 'Separable convolutions, each behind a ReLU, and their input added: channels and places are looked at apart. With a stride a max pool halves the image at the end.',
  source: 'Chollet 2017',
  typical: [19, 19, 728],
  params: {
    inner: int('Filters of the convolutions before the last.', 728),
    channels: int('Channels out.', 728),
    convolutions: int('How many separable convolutions.', 3, { max: 16 }),
    stride: int('2 halves the image by a 3x3 max pool.', 1, { max: 8 }),
    first_relu: flag('ReLU in front of the first convolution; not where an activation comes before the block.', true),
  },
  summary: (p) => `${p.convolutions} × ${p.channels}${p.stride === 1 ? '' : ` / ${p.stride}`}`,
  expand: (p, g, input) => {
    let x = input
    for (let i = 1; i <= p.convolutions; i++) {
      const active = i > 1 || p.first_relu ? g.add(`relu_${i}`, 'relu', {}, x) : x
      x = separable(g, `conv_${i}`, active, i < p.convolutions ? p.inner : p.channels)
    }
    const strided = p.stride > 1
    const branch = strided ? g.add('pool', 'max_pool', { kernel: 3, stride: p.stride, padding: 'same' }, x) : x
    // With an open image size equal shapes do not mean equal sizes: a stride always takes the projection.
    const projected = { filters: p.channels, kernel: 1, stride: p.stride, batchNorm: true }
    const skip = !strided && g.fits(input, branch) ? input : convolve(g, 'projection', input, projected)
    return g.add('add', 'add', {}, branch, skip)
  },
  examples: [
    { inputs: [[5, 6, 4]], params: { inner: 3, channels: 4, convolutions: 2 } },
    { inputs: [[7, 6, 3]], params: { inner: 2, channels: 5, convolutions: 2, stride: 2, first_relu: false } },
  ],
})

function separable(g: BlockBuilder, name: string, input: Port, filters: number): Port {
  const conv = g.add(name, 'separable_conv2d', { filters, kernel: 3, bias: false }, input)
  return g.add(`${name}_bn`, 'batch_norm', BATCH_NORM, conv)
}
