import { choice, flag } from '../layers/fields.js'
import { defineTemplate, imageFields } from './define.js'
import { Drawing } from './drawing.js'
import { classifier, convolution, halve, inceptionStem } from './parts.js'

/** Module behind the stem, as Keras and TensorFlow-Slim have it instead of the paper's larger stem. */
const FIRST = { conv_1x1: 96, middle_reduce: 48, middle: 64, double_reduce: 64, double: 96, pool_projection: 64 }

/** Blocks of each kind, with N and the factor of the branch in Keras. */
const STAGES = {
  a: { count: 10, n: 32, scaling: 0.17 },
  b: { count: 20, n: 128, scaling: 0.1 },
  c: { count: 10, n: 192, scaling: 0.2 },
} as const

/** Inception-ResNet-v2 (Szegedy et al. 2017, figure 15). */
export const inceptionResnetV2 = defineTemplate({
  name: 'inception-resnet-v2',
  title: 'Inception-ResNet-v2',
  family: 'Inception-ResNet',
  source: 'Szegedy et al. 2017',
  doc: 'Forty blocks that are Inception and residual at once, in three kinds, with two reductions between them.',
  params: {
    ...imageFields(299, 1000),
    form: choice(
      'Widths and residual scaling of Keras, or the blocks of one parameter N, which add unscaled.',
      'keras',
      'article',
    ),
    bn_scale: flag('Batch norm learns a factor per channel, as in PyTorch; Keras leaves it out.', false),
  },
  build: (v) => {
    const drawing = new Drawing('Inception-ResNet-v2')
    const own = { bn_scale: v.bn_scale }
    const blocks = (kind: keyof typeof STAGES) => {
      const { count, n, scaling } = STAGES[kind]
      const form = kind === 'a' ? {} : { form: v.form }
      for (let i = 1; i <= count; i++) {
        // Keras' very last block adds its branch unscaled and leaves out the activation.
        const last = v.form === 'keras' && kind === 'c' && i === count
        const factor = last || v.form === 'article' ? 1 : scaling
        const params = { n, scaling: factor, relu: !last, ...form, ...own }
        drawing.then(`block_${kind}_${i}`, `inception_resnet_${kind}`, params)
      }
      drawing.row()
    }
    drawing.then('input', 'input', { height: v.height, width: v.width })
    inceptionStem(drawing, v.bn_scale)
    drawing.then('inception_a', 'inception_a', { ...FIRST, ...own })
    drawing.row()
    blocks('a')
    drawing.then('reduction_a', 'inception_resnet_reduction_a', own)
    drawing.row()
    blocks('b')
    drawing.then('reduction_b', 'inception_resnet_reduction_b', own)
    drawing.row()
    blocks('c')
    convolution(drawing, 'conv_6', { filters: 1536, kernel: 1, scale: v.bn_scale }, true)
    drawing.row()
    classifier(drawing, v.classes)
    return drawing.document()
  },
  published: [
    {
      at: {},
      parameters: 55_873_736,
      trainable: 55_813_192,
      multiplyAdds: 13_155_794_016,
      source: 'Keras 3.15 InceptionResNetV2',
    },
    {
      at: { bn_scale: true },
      parameters: 55_904_008,
      trainable: 55_843_464,
      multiplyAdds: 13_155_794_016,
      source: 'timm 1.0 inception_resnet_v2 and pytorchcv 0.0.74 inceptionresnetv2, counted by PyTorch 2.15',
    },
  ],
})

/** The plan of Inception-ResNet at a scale that trains on a laptop, in blocks of one parameter N. */
export const inceptionResnetMini = defineTemplate({
  name: 'inception-resnet-mini',
  title: 'Inception-ResNet-mini',
  family: 'For small images',
  doc: 'All five kinds of Inception-ResNet blocks for images of 28 to 64 px: small enough to train on a laptop in minutes.',
  params: { ...imageFields(32, 10), bn: flag('Batch norm behind every inner convolution.', true) },
  build: (v) => {
    const drawing = new Drawing('Inception-ResNet-mini')
    const own = { batch_norm: v.bn }
    drawing.then('input', 'input', { height: v.height, width: v.width })
    convolution(drawing, 'conv_1', { filters: 32, kernel: 3 }, v.bn)
    halve(drawing, 'pool_1')
    drawing.row()
    drawing.then('block_a_1', 'inception_resnet_a', { n: 8, ...own })
    drawing.then('block_a_2', 'inception_resnet_a', { n: 8, ...own })
    drawing.then('reduction_a', 'inception_resnet_reduction_a', { n: 16, ...own })
    drawing.then('block_b_1', 'inception_resnet_b', { n: 16, form: 'article', ...own })
    drawing.then('block_b_2', 'inception_resnet_b', { n: 16, form: 'article', ...own })
    drawing.row()
    drawing.then('reduction_b', 'inception_resnet_reduction_b', { n: 16, ...own })
    drawing.then('block_c_1', 'inception_resnet_c', { n: 24, form: 'article', ...own })
    classifier(drawing, v.classes, 0.2)
    return drawing.document()
  },
})
