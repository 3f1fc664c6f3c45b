import { flag } from '../layers/fields.js'
import { defineTemplate, imageFields } from './define.js'
import { Drawing } from './drawing.js'

/** Filters and convolutions of the five stages (Simonyan and Zisserman 2015, table 1, column D). */
const STAGES = [
  [64, 2],
  [128, 2],
  [256, 3],
  [512, 3],
  [512, 3],
] as const

/** VGG-16. */
export const vgg16 = defineTemplate({
  name: 'vgg-16',
  title: 'VGG-16',
  doc: 'Thirteen 3x3 convolutions in five stages and three large dense layers: simple, heavy, often used as a base.',
  params: { ...imageFields(224, 1000), bn: flag('Batch norm behind every convolution, as in torchvision.', false) },
  build: (v) => {
    const drawing = new Drawing('VGG-16')
    drawing.then('input', 'input', { height: v.height, width: v.width })
    STAGES.forEach(([filters, convolutions], i) =>
      drawing.then(`stage_${i + 1}`, 'vgg_stage', { filters, convolutions, batch_norm: v.bn }),
    )
    drawing.then('flatten', 'flatten')
    for (const i of [1, 2]) {
      if (i === 2) drawing.row()
      drawing.then(`dense_${i}`, 'dense', { units: 4096 })
      drawing.then(`dense_${i}_relu`, 'relu')
      drawing.then(`dense_${i}_dropout`, 'dropout', { rate: 0.5 })
    }
    drawing.then('logits', 'dense', { units: v.classes })
    drawing.then('main', 'head')
    return drawing.document()
  },
  published: [
    {
      at: {},
      parameters: 138_357_544,
      trainable: 138_357_544,
      multiplyAdds: 15_470_264_320,
      source: 'torchvision 0.29 vgg16 and Keras 3.15 VGG16',
    },
    {
      at: { bn: true },
      parameters: 138_374_440,
      trainable: 138_365_992,
      multiplyAdds: 15_470_264_320,
      source: 'torchvision 0.29 vgg16_bn, counted by PyTorch 2.15',
    },
  ],
})
