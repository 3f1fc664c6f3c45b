import { flag, int } from '../layers/fields.js'
import { defineBlock, type Port } from './define.js'
import { BATCH_NORM } from './parts.js'

/** A stage of VGG (Simonyan and Zisserman 2015): 3x3 convolutions of one width, then a 2x2 max pool. */
export const vggStage = defineBlock({
  type: 'vgg_stage',
  title: 'VGG stage',
  doc: 'Several 3x3 convolutions of one width, then a max pool that halves the image.',
  source: 'Simonyan and Zisserman 2015',
  typical: [224, 224, 3],
  params: {
    filters: int('Channels of every convolution.', 64),
    convolutions: int('How many convolutions.', 2, { max: 16 }),
    batch_norm: flag('Batch norm behind every convolution (not in the paper).', false),
    bias: flag('Biases in front of batch norm too, as torchvision has them; they change nothing but the count.', true),
  },
  summary: (p) => `${p.convolutions} × ${p.filters}`,
  expand: (p, g, input) => {
    let x: Port = input
    for (let i = 1; i <= p.convolutions; i++) {
      x = g.add(`conv_${i}`, 'conv2d', { filters: p.filters, kernel: 3, bias: p.bias || !p.batch_norm }, x)
      if (p.batch_norm) x = g.add(`conv_${i}_bn`, 'batch_norm', BATCH_NORM, x)
      x = g.add(`conv_${i}_relu`, 'relu', {}, x)
    }
    return g.add('pool', 'max_pool', { kernel: 2, stride: 2, padding: 'valid' }, x)
  },
  examples: [
    { inputs: [[6, 7, 3]], params: { filters: 4 } },
    { inputs: [[5, 4, 2]], params: { filters: 3, convolutions: 1, batch_norm: true } },
    { inputs: [[4, 6, 3]], params: { filters: 2, convolutions: 1, batch_norm: true, bias: false } },
  ],
})
