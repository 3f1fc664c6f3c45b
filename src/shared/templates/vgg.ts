import { flag } from '../layers/fields.js'
import { defineTemplate, imageFields, type Template } from './define.js'
import { Drawing } from './drawing.js'

/** Filters of the five stages (Simonyan and Zisserman 2015, table 1). */
const FILTERS = [64, 128, 256, 512, 512] as const

/** Convolutions of each stage (table 1, columns A, B, D and E), and what PyTorch 2.15 counts. */
const DEPTHS = {
  11: { stages: [1, 1, 2, 2, 2], weights: 132_863_336, gamma: 5_504, multiplyAdds: 7_609_090_048 },
  13: { stages: [2, 2, 2, 2, 2], weights: 133_047_848, gamma: 5_888, multiplyAdds: 11_308_466_176 },
  16: { stages: [2, 2, 3, 3, 3], weights: 138_357_544, gamma: 8_448, multiplyAdds: 15_470_264_320 },
  19: { stages: [2, 2, 4, 4, 4], weights: 143_667_240, gamma: 11_008, multiplyAdds: 19_632_062_464 },
} as const

function vgg(depth: keyof typeof DEPTHS): Template {
  const { stages, weights, gamma, multiplyAdds } = DEPTHS[depth]
  return defineTemplate({
    name: `vgg-${depth}`,
    title: `VGG-${depth}`,
    family: 'AlexNet and VGG',
    source: 'Simonyan and Zisserman 2015',
    doc: `${depth - 3} convolutions of 3x3 in five stages and three large dense layers: simple, heavy, often used as a base.`,
    params: {
      ...imageFields(224, 1000),
      bn: flag('Batch norm behind every convolution, as in torchvision.', false),
      bias: flag('Biases in front of batch norm too, as in torchvision.', true),
    },
    build: (v) => {
      const drawing = new Drawing(`VGG-${depth}`)
      drawing.then('input', 'input', { height: v.height, width: v.width })
      stages.forEach((convolutions, i) =>
        drawing.then(`stage_${i + 1}`, 'vgg_stage', {
          filters: FILTERS[i],
          convolutions,
          batch_norm: v.bn,
          bias: v.bias,
        }),
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
        parameters: weights,
        trainable: weights,
        multiplyAdds,
        source: `torchvision 0.29 vgg${depth}${depth > 13 ? ` and Keras 3.15 VGG${depth}` : ', counted by PyTorch 2.15'}`,
      },
      {
        at: { bn: true },
        // Batch norm has as many moving statistics as factors and offsets.
        parameters: weights + 2 * gamma,
        trainable: weights + gamma,
        multiplyAdds,
        source: `torchvision 0.29 vgg${depth}_bn, counted by PyTorch 2.15`,
      },
      // As many biases as factors of batch norm.
      ...(depth === 16
        ? [
            {
              at: { bn: true, bias: false },
              parameters: weights + 1.5 * gamma,
              trainable: weights + gamma / 2,
              multiplyAdds,
              source: 'pytorchcv 0.0.74 bn_vgg16, counted by PyTorch 2.15',
            },
          ]
        : []),
    ],
  })
}

/** VGG of 11, 13, 16 and 19 weight layers. */
export const vggs: readonly Template[] = [vgg(11), vgg(13), vgg(16), vgg(19)]
