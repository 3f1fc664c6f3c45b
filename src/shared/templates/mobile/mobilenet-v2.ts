import { byEights } from '../../blocks/mobile/inverted.js'
import { flag, number } from '../../layers/fields.js'
import { defineTemplate, imageFields } from '../define.js'
import { Drawing } from '../drawing.js'
import { classifier, convolution } from '../parts.js'

/** Stages (Sandler et al. 2018, table 2): expansion t, channels c, blocks n, stride s of the first. */
const STAGES = [
  [1, 16, 1, 1],
  [6, 24, 2, 2],
  [6, 32, 3, 2],
  [6, 64, 4, 2],
  [6, 96, 3, 1],
  [6, 160, 3, 2],
  [6, 320, 1, 1],
] as const

/** MobileNet v2 (Sandler et al. 2018). */
export const mobilenetV2 = defineTemplate({
  name: 'mobilenet-v2',
  title: 'MobileNet v2',
  family: 'Small and fast',
  source: 'Sandler et al. 2018',
  doc: 'Seventeen inverted residual blocks: the standard net for phones, with a seventh of the weights of ResNet-50.',
  params: {
    ...imageFields(224, 1000),
    alpha: number('Width of every layer in multiples of the paper’s, rounded to eights.', 1, { min: 0.1, max: 4 }),
    bias: flag('A bias in the classifier.', true),
    expand: flag(
      'A 1x1 convolution in front of the first block too, where it makes the image no wider (t = 1).',
      false,
    ),
  },
  build: (v) => {
    const drawing = new Drawing('MobileNet v2')
    drawing.then('input', 'input', { height: v.height, width: v.width })
    convolution(drawing, 'conv_1', { filters: byEights(32 * v.alpha), kernel: 3, stride: 2, activation: 'relu6' }, true)
    drawing.row()
    STAGES.forEach(([expansion, channels, count, first], stage) => {
      drawing.fit(count)
      for (let i = 1; i <= count; i++) {
        const stride = i === 1 ? first : 1
        const params = { channels: byEights(channels * v.alpha), expansion, stride, always: v.expand }
        drawing.then(`stage_${stage + 1}_block_${i}`, 'inverted_residual', params)
      }
    })
    drawing.row()
    // The last convolution is never narrower than in the paper.
    const last = byEights(1280 * Math.max(1, v.alpha))
    convolution(drawing, 'conv_2', { filters: last, kernel: 1, activation: 'relu6' }, true)
    drawing.row()
    classifier(drawing, v.classes, 0.2, v.bias)
    return drawing.document()
  },
  published: [
    {
      at: {},
      parameters: 3_538_984,
      trainable: 3_504_872,
      multiplyAdds: 300_774_272,
      source: 'torchvision 0.29 mobilenet_v2 and Keras 3.15 MobileNetV2',
    },
    {
      at: { bias: false },
      parameters: 3_537_984,
      trainable: 3_503_872,
      multiplyAdds: 300_774_272,
      source: 'pytorchcv 0.0.74 mobilenetv2b_w1, counted by PyTorch 2.15',
    },
    {
      at: { bias: false, expand: true },
      parameters: 3_539_136,
      trainable: 3_504_960,
      multiplyAdds: 313_619_328,
      source: 'pytorchcv 0.0.74 mobilenetv2_w1, counted by PyTorch 2.15',
    },
  ],
})
