import { BATCH_NORM } from '../blocks/parts.js'
import { int } from '../layers/fields.js'
import { defineTemplate, imageFields } from './define.js'
import { Drawing } from './drawing.js'
import { classifier, convolution } from './parts.js'

/** Xception (Chollet 2017, figure 5). */
export const xception = defineTemplate({
  name: 'xception',
  title: 'Xception',
  family: 'GoogLeNet and Inception',
  source: 'Chollet 2017',
  doc: 'Inception taken to its end: every convolution of its twelve residual blocks looks at each channel by itself, then mixes them.',
  params: {
    ...imageFields(299, 1000),
    middle: int('Residual blocks of the middle flow.', 8, { max: 64 }),
  },
  build: (v) => {
    const drawing = new Drawing('Xception')
    const block = (id: string, inner: number, channels: number, first_relu = true) =>
      drawing.then(id, 'xception_residual', { inner, channels, convolutions: 2, stride: 2, first_relu })
    const separable = (id: string, filters: number) => {
      drawing.then(id, 'separable_conv2d', { filters, bias: false })
      drawing.then(`${id}_bn`, 'batch_norm', BATCH_NORM)
      drawing.then(`${id}_relu`, 'relu')
    }
    drawing.then('input', 'input', { height: v.height, width: v.width })
    convolution(drawing, 'conv_1', { filters: 32, kernel: 3, stride: 2, padding: 'valid' }, true)
    drawing.row()
    convolution(drawing, 'conv_2', { filters: 64, kernel: 3, padding: 'valid' }, true)
    drawing.row()
    block('entry_1', 128, 128, false)
    block('entry_2', 256, 256)
    block('entry_3', 728, 728)
    drawing.row()
    for (let i = 1; i <= v.middle; i++) drawing.then(`middle_${i}`, 'xception_residual')
    drawing.row()
    block('exit', 728, 1024)
    separable('conv_3', 1536)
    drawing.row()
    separable('conv_4', 2048)
    drawing.row()
    classifier(drawing, v.classes)
    return drawing.document()
  },
  published: [
    {
      at: {},
      parameters: 22_910_480,
      trainable: 22_855_952,
      multiplyAdds: 8_357_403_496,
      source: 'Keras 3.15 Xception and timm 1.0 legacy_xception; the weights as in the paper (Chollet 2017, table 3)',
    },
  ],
})
