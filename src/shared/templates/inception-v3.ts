import { flag } from '../layers/fields.js'
import { defineTemplate, headsField, imageFields } from './define.js'
import { Drawing } from './drawing.js'
import { classifier, inceptionStem } from './parts.js'

/** Inception-v3 (Szegedy et al. 2016), with torchvision's auxiliary head or without. */
export const inceptionV3 = defineTemplate({
  name: 'inception-v3',
  title: 'Inception-v3',
  family: 'GoogLeNet and Inception',
  source: 'Szegedy et al. 2016',
  doc: 'Large windows made of small and narrow ones, batch norm everywhere, and one auxiliary head: GoogLeNet grown up.',
  params: {
    ...imageFields(299, 1000),
    heads: headsField(),
    bn_scale: flag('Batch norm learns a factor per channel, as in PyTorch; Keras leaves it out.', true),
  },
  build: (v) => {
    const drawing = new Drawing('Inception-v3')
    const own = { bn_scale: v.bn_scale }
    drawing.then('input', 'input', { height: v.height, width: v.width })
    inceptionStem(drawing, v.bn_scale)
    drawing.row()
    ;[32, 64, 64].forEach((pool_projection, i) =>
      drawing.then(`inception_a_${i + 1}`, 'inception_a', { pool_projection, ...own }),
    )
    drawing.then('reduction_a', 'reduction_a', own)
    drawing.row()
    ;[128, 160, 160, 192].forEach((width, i) =>
      drawing.then(`inception_b_${i + 1}`, 'inception_b', { reduce: width, middle: width, ...own }),
    )
    drawing.then('reduction_b', 'reduction_b', own)
    drawing.row()
    drawing.then('inception_c_1', 'inception_c', own)
    drawing.then('inception_c_2', 'inception_c', own)
    classifier(drawing, v.classes, 0.5)
    if (v.heads === 'all') {
      drawing.branch(
        'inception_b_4',
        ['aux_classifier', 'auxiliary_classifier_v3', { classes: v.classes, ...own }],
        ['aux', 'head', { weight: 0.3 }],
      )
    }
    return drawing.document()
  },
  published: [
    {
      at: {},
      parameters: 27_197_488,
      trainable: 27_161_264,
      multiplyAdds: 5_718_899_296,
      source: 'torchvision 0.29 inception_v3 with auxiliary head, counted by PyTorch 2.15 while training',
    },
    {
      at: { heads: 'main' },
      parameters: 23_869_000,
      trainable: 23_834_568,
      multiplyAdds: 5_713_216_096,
      source: 'torchvision 0.29 inception_v3 without auxiliary head, counted by PyTorch 2.15',
    },
    {
      at: { heads: 'main', bn_scale: false },
      parameters: 23_851_784,
      trainable: 23_817_352,
      multiplyAdds: 5_713_216_096,
      source: 'Keras 3.15 InceptionV3',
    },
  ],
})
