import { CONVNEXT_NORM } from '../blocks/convnext.js'
import { int, number } from '../layers/fields.js'
import { defineTemplate, imageFields } from './define.js'
import { Drawing } from './drawing.js'
import { doubled } from './stages.js'

/** ConvNeXt-T (Liu et al. 2022, section 2). */
export const convnextTiny = defineTemplate({
  name: 'convnext-tiny',
  title: 'ConvNeXt-T',
  family: 'ConvNeXt',
  source: 'Liu et al. 2022',
  doc: 'A ResNet brought up to date step by step: patches instead of a stem, large depthwise kernels, layer norm, GELU.',
  params: {
    ...imageFields(224, 1000),
    channels: int('Channels of the first stage; doubled from stage to stage.', 96, { max: 4096 }),
    middle: int('Blocks of the third stage: 9 in T, 27 in the larger ones.', 9, { max: 64 }),
    drop_path: number('Stochastic depth of the last block; the first has none, those between grow evenly.', 0.1, {
      min: 0,
      max: 0.9,
    }),
  },
  build: (v) => {
    const counts = [3, 3, v.middle, 3]
    const all = counts.reduce((sum, count) => sum + count, 0)
    const drawing = new Drawing('ConvNeXt-T')
    const patches = (id: string, filters: number, size: number) =>
      drawing.then(id, 'conv2d', { filters, kernel: [size, size], stride: [size, size], padding: 'valid' })
    drawing.then('input', 'input', { height: v.height, width: v.width })
    patches('conv_1', v.channels, 4)
    drawing.then('norm_1', 'layer_norm', CONVNEXT_NORM)
    let done = 0
    counts.forEach((count, stage) => {
      drawing.row()
      if (stage > 0) {
        drawing.then(`norm_${stage + 1}`, 'layer_norm', CONVNEXT_NORM)
        patches(`conv_${stage + 1}`, doubled(v.channels)(stage), 2)
      }
      for (let i = 1; i <= count; i++) {
        const rate = Number(((v.drop_path * done++) / (all - 1)).toPrecision(6))
        drawing.then(`stage_${stage + 1}_block_${i}`, 'convnext', { rate })
      }
    })
    drawing.row()
    drawing.then('pool', 'global_average_pool')
    drawing.then('norm', 'layer_norm', CONVNEXT_NORM)
    drawing.then('logits', 'dense', { units: v.classes })
    drawing.then('main', 'head')
    return drawing.document()
  },
  published: [
    {
      at: {},
      parameters: 28_589_128,
      trainable: 28_589_128,
      multiplyAdds: 4_455_531_264,
      source: 'torchvision 0.29 convnext_tiny and Keras 3.15 ConvNeXtTiny',
    },
  ],
})
