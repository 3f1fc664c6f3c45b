import { byEights } from '../../blocks/mobile/inverted.js'
import { number } from '../../layers/fields.js'
import { defineTemplate, imageFields } from '../define.js'
import { Drawing } from '../drawing.js'
import { classifier, convolution } from '../parts.js'

/** Stages (Tan and Le 2019, table 1): expansion, kernel, channels, blocks, stride of the first. */
const STAGES = [
  [1, 3, 16, 1, 1],
  [6, 3, 24, 2, 2],
  [6, 5, 40, 2, 2],
  [6, 3, 80, 3, 2],
  [6, 5, 112, 3, 1],
  [6, 5, 192, 4, 2],
  [6, 3, 320, 1, 1],
] as const

/** EfficientNet-B0 (Tan and Le 2019); its larger kin are wider and deeper by two factors. */
export const efficientnetB0 = defineTemplate({
  name: 'efficientnet-b0',
  title: 'EfficientNet-B0',
  family: 'Small and fast',
  source: 'Tan and Le 2019',
  doc: 'Sixteen MBConv blocks found by search: as good as ResNet-50 for a tenth of its work. Wider and deeper it becomes B1 to B7.',
  params: {
    ...imageFields(224, 1000),
    alpha: number('Width of every layer in multiples of B0’s, rounded to eights; B2 has 1.1.', 1, { min: 0.1, max: 8 }),
    depth: number('Blocks of every stage in multiples of B0’s, rounded up; B1 has 1.1.', 1, { min: 0.1, max: 8 }),
    drop_path: number('Stochastic depth of the last block; the first has none, those between grow evenly.', 0.2, {
      min: 0,
      max: 0.9,
    }),
  },
  build: (v) => {
    const wide = (channels: number) => byEights(channels * v.alpha)
    const counts = STAGES.map(([, , , count]) => Math.ceil(count * v.depth))
    const all = counts.reduce((sum, count) => sum + count, 0)
    const drawing = new Drawing('EfficientNet-B0')
    drawing.then('input', 'input', { height: v.height, width: v.width })
    convolution(drawing, 'conv_1', { filters: wide(32), kernel: 3, stride: 2, activation: 'swish' }, true)
    drawing.row()
    let done = 0
    STAGES.forEach(([expansion, kernel, channels, , first], stage) => {
      drawing.fit(counts[stage]!)
      for (let i = 1; i <= counts[stage]!; i++) {
        const rate = Number(((v.drop_path * done++) / all).toPrecision(6))
        const params = { channels: wide(channels), expansion, kernel, stride: i === 1 ? first : 1, rate }
        drawing.then(`stage_${stage + 1}_block_${i}`, 'mbconv', params)
      }
    })
    drawing.row()
    convolution(drawing, 'conv_2', { filters: wide(1280), kernel: 1, activation: 'swish' }, true)
    drawing.row()
    classifier(drawing, v.classes, 0.2)
    return drawing.document()
  },
  published: [
    {
      at: {},
      parameters: 5_330_564,
      trainable: 5_288_548,
      multiplyAdds: 385_814_752,
      source: 'torchvision 0.29 efficientnet_b0 and timm 1.0 efficientnet_b0, counted by PyTorch 2.15',
    },
  ],
})
