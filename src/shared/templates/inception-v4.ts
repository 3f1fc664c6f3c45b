import { defineTemplate, imageFields } from './define.js'
import { Drawing } from './drawing.js'
import { classifier } from './parts.js'

const A = {
  conv_1x1: 96,
  middle_reduce: 64,
  middle: 96,
  middle_window: '3x3',
  double_reduce: 64,
  double: 96,
  pool_projection: 96,
} as const
const B = { conv_1x1: 384, reduce: 192, middle: 224, conv_7x7: 256, pool_projection: 128 } as const
const C = {
  conv_1x1: 256,
  single: 384,
  double_reduce: 384,
  double_1x3: 448,
  double: 512,
  split: 256,
  pool_projection: 256,
} as const

/** Inception-v4 (Szegedy et al. 2017, figure 9; widths of figures 3 to 8). */
export const inceptionV4 = defineTemplate({
  name: 'inception-v4',
  title: 'Inception-v4',
  family: 'GoogLeNet and Inception',
  source: 'Szegedy et al. 2017',
  doc: 'Fourteen Inception modules of three kinds with reductions between them, without any skip wire.',
  params: imageFields(299, 1000),
  build: (v) => {
    const drawing = new Drawing('Inception-v4')
    const modules = (count: number, type: string, params: object) => {
      for (let i = 1; i <= count; i++) drawing.then(`${type}_${i}`, type, { ...params })
    }
    drawing.then('input', 'input', { height: v.height, width: v.width })
    drawing.then('stem', 'inception_v4_stem')
    drawing.row()
    modules(4, 'inception_a', A)
    drawing.then('reduction_a', 'reduction_a', { conv_3x3: 384, double_reduce: 192, double_1: 224, double_2: 256 })
    drawing.row()
    modules(7, 'inception_b', B)
    drawing.then('reduction_b', 'reduction_b', { reduce: 192, conv_3x3: 192, wide: 256, conv_7x7: 320 })
    drawing.row()
    modules(3, 'inception_c', C)
    drawing.row()
    classifier(drawing, v.classes, 0.2)
    return drawing.document()
  },
  published: [
    {
      at: {},
      parameters: 42_742_984,
      trainable: 42_679_816,
      multiplyAdds: 12_253_974_624,
      source: 'timm 1.0 inception_v4 and pytorchcv 0.0.74 inceptionv4, counted by PyTorch 2.15',
    },
  ],
})
