import { number } from '../../layers/fields.js'
import { defineTemplate, imageFields } from '../define.js'
import { Drawing } from '../drawing.js'
import { classifier, convolution } from '../parts.js'

/** Channels out of the separable blocks, stage by stage (Howard et al. 2017, table 1); each stage but the first halves. */
const STAGES = [[64], [128, 128], [256, 256], [512, 512, 512, 512, 512, 512], [1024, 1024]] as const

/** MobileNet v1 (Howard et al. 2017). */
export const mobilenetV1 = defineTemplate({
  name: 'mobilenet-v1',
  title: 'MobileNet v1',
  family: 'Small and fast',
  source: 'Howard et al. 2017',
  doc: 'Thirteen depthwise separable convolutions in a row: nearly the accuracy of VGG-16 for a twenty-seventh of its work.',
  params: {
    ...imageFields(224, 1000),
    alpha: number('Width of every layer in multiples of the paper’s.', 1, { min: 0.1, max: 4 }),
  },
  build: (v) => {
    const wide = (channels: number) => Math.max(1, Math.floor(channels * v.alpha))
    const drawing = new Drawing('MobileNet v1')
    drawing.then('input', 'input', { height: v.height, width: v.width })
    convolution(drawing, 'conv_1', { filters: wide(32), kernel: 3, stride: 2, activation: 'relu6' }, true)
    drawing.row()
    STAGES.forEach((filters, stage) => {
      drawing.fit(filters.length)
      filters.forEach((channels, i) => {
        const params = { filters: wide(channels), stride: stage > 0 && i === 0 ? 2 : 1 }
        drawing.then(`stage_${stage + 1}_block_${i + 1}`, 'depthwise_separable', params)
      })
    })
    drawing.row()
    classifier(drawing, v.classes, 0.001)
    return drawing.document()
  },
  published: [
    {
      at: {},
      parameters: 4_253_864,
      trainable: 4_231_976,
      multiplyAdds: 568_740_352,
      source: 'Keras 3.15 MobileNet and timm 1.0 mobilenetv1_100',
    },
  ],
})
