import { flag } from '../layers/fields.js'
import { defineTemplate, imageFields } from './define.js'
import { Drawing } from './drawing.js'
import { classifier, convolution, halve } from './parts.js'

/**
 * Filters of each module (Ioffe and Szegedy 2015, figure 5): 1x1, 3x3 reduce, 3x3, double reduce, double 3x3, pool projection; the
 * modules without a 1x1 branch halve the image, the last one has a max pool. 4c to 4e are those of Caffe's net, which most
 * libraries follow.
 */
const MODULES = {
  '3a': [64, 64, 64, 64, 96, 32],
  '3b': [64, 64, 96, 64, 96, 64],
  '3c': [0, 128, 160, 64, 96, 0],
  '4a': [224, 64, 96, 96, 128, 128],
  '4b': [192, 96, 128, 96, 128, 128],
  '4c': [160, 128, 160, 128, 160, 128],
  '4d': [96, 128, 192, 160, 192, 128],
  '4e': [0, 128, 192, 192, 256, 0],
  '5a': [352, 192, 320, 160, 224, 128],
  '5b': [352, 192, 320, 192, 224, 128],
} as const

/** BN-Inception, the net that batch norm was shown on (Ioffe and Szegedy 2015), also called Inception v2. */
export const bnInception = defineTemplate({
  name: 'bn-inception',
  title: 'BN-Inception',
  family: 'GoogLeNet and Inception',
  source: 'Ioffe and Szegedy 2015',
  doc: 'GoogLeNet with batch norm and two 3x3 convolutions for each 5x5: the net that batch norm was shown on, with no need of auxiliary heads.',
  params: {
    ...imageFields(224, 1000),
    bias: flag('Biases in front of batch norm too, as Caffe’s net has them.', false),
  },
  build: (v) => {
    const drawing = new Drawing('BN-Inception')
    const conv = (id: string, filters: number, kernel: number, stride = 1) =>
      convolution(drawing, id, { filters, kernel, stride, bias: v.bias }, true)
    drawing.then('input', 'input', { height: v.height, width: v.width })
    conv('conv_1', 64, 7, 2)
    halve(drawing, 'pool_1')
    drawing.row()
    conv('conv_2_reduce', 64, 1)
    conv('conv_2', 192, 3)
    drawing.row()
    halve(drawing, 'pool_2')
    for (const [name, [one, reduce, three, doubleReduce, double, projection]] of Object.entries(MODULES)) {
      drawing.then(`inception_${name}`, 'inception_bn', {
        conv_1x1: one,
        conv_3x3_reduce: reduce,
        conv_3x3: three,
        double_reduce: doubleReduce,
        double_3x3: double,
        pool: one === 0 || name === '5b' ? 'max' : 'average',
        pool_projection: projection,
        stride: one === 0 ? 2 : 1,
        bias: v.bias,
      })
      if (one === 0) drawing.row()
    }
    classifier(drawing, v.classes)
    return drawing.document()
  },
  published: [
    {
      at: {},
      parameters: 11_305_256,
      trainable: 11_285_224,
      multiplyAdds: 2_032_600_064,
      source: 'pytorchcv 0.0.74 bninception, counted by PyTorch 2.15, without its 10,016 biases in front of batch norm',
    },
    {
      at: { bias: true },
      parameters: 11_315_272,
      trainable: 11_295_240,
      multiplyAdds: 2_032_600_064,
      source: 'pytorchcv 0.0.74 bninception, counted by PyTorch 2.15',
    },
  ],
})
