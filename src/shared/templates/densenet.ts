import { defineTemplate, imageFields, type Template } from './define.js'
import { Drawing } from './drawing.js'
import { classifier, convolution, halve } from './parts.js'
import { BATCH_NORM } from '../blocks/parts.js'

/** Layers of the four dense blocks (Huang et al. 2017, table 1), and what PyTorch 2.15 and Keras 3.15 count. */
const DEPTHS = {
  121: { layers: [6, 12, 24, 16], trainable: 7_978_856, statistics: 83_648, multiplyAdds: 2_834_161_664 },
  169: { layers: [6, 12, 32, 32], trainable: 14_149_480, statistics: 158_400, multiplyAdds: 3_359_843_328 },
  201: { layers: [6, 12, 48, 32], trainable: 20_013_928, statistics: 229_056, multiplyAdds: 4_291_365_888 },
} as const

function densenet(depth: keyof typeof DEPTHS): Template {
  const { layers, trainable, statistics, multiplyAdds } = DEPTHS[depth]
  return defineTemplate({
    name: `densenet-${depth}`,
    title: `DenseNet-${depth}`,
    family: 'DenseNet',
    source: 'Huang et al. 2017',
    doc: `Four dense blocks of ${layers.join(', ')} layers: every layer sees all before it, so gradients reach the first ones directly.`,
    params: imageFields(224, 1000),
    build: (v) => {
      const drawing = new Drawing(`DenseNet-${depth}`)
      drawing.then('input', 'input', { height: v.height, width: v.width })
      convolution(drawing, 'conv_1', { filters: 64, kernel: 7, stride: 2 }, true)
      halve(drawing, 'pool_1')
      drawing.row()
      layers.forEach((count, i) => {
        if (i > 0) drawing.then(`transition_${i}`, 'transition')
        drawing.then(`dense_${i + 1}`, 'dense_block', { layers: count })
      })
      drawing.row()
      drawing.then('norm', 'batch_norm', BATCH_NORM)
      drawing.then('relu', 'relu')
      classifier(drawing, v.classes)
      return drawing.document()
    },
    published: [
      {
        at: {},
        parameters: trainable + statistics,
        trainable,
        multiplyAdds,
        source: `torchvision 0.29 densenet${depth} and Keras 3.15 DenseNet${depth}`,
      },
    ],
  })
}

/** DenseNets with growth 32. */
export const densenets: readonly Template[] = [densenet(121), densenet(169), densenet(201)]
