import { BATCH_NORM } from '../blocks/parts.js'
import { defineTemplate, imageFields, type Template } from './define.js'
import { Drawing } from './drawing.js'
import { classifier, halve } from './parts.js'
import { BLOCKS } from './photographs.js'
import { doubled } from './stages.js'

/**
 * A deep ResNet with batch norm and ReLU in front of each convolution (He et al. 2016b), as Keras has it: the last block of a
 * stage halves the image, not the first of the next, and convolutions that no batch norm follows have biases.
 */
function preactivation(depth: 50 | 101 | 152, trainable: number, statistics: number, multiplyAdds: number): Template {
  const widths = doubled(64)
  return defineTemplate({
    name: `resnet-${depth}-v2`,
    title: `ResNet-${depth} v2`,
    family: 'ResNet',
    source: 'He et al. 2016b',
    doc: `ResNet-${depth} with batch norm and ReLU in front of each convolution: nothing but additions stand on the skip wires.`,
    params: imageFields(224, 1000),
    build: (v) => {
      const drawing = new Drawing(`ResNet-${depth} v2`)
      drawing.then('input', 'input', { height: v.height, width: v.width })
      drawing.then('conv_1', 'conv2d', { filters: 64, kernel: [7, 7], stride: [2, 2] })
      halve(drawing, 'pool_1')
      drawing.row()
      BLOCKS[depth].forEach((count, stage) => {
        drawing.fit(count)
        for (let block = 1; block <= count; block++) {
          const isLast = block === count && stage < BLOCKS[depth].length - 1
          drawing.then(`stage_${stage + 1}_block_${block}`, 'bottleneck_preactivation', {
            width: widths(stage),
            channels: 4 * widths(stage),
            stride: isLast ? 2 : 1,
            bias: true,
          })
        }
      })
      drawing.then('post_bn', 'batch_norm', BATCH_NORM)
      drawing.then('post_relu', 'relu')
      classifier(drawing, v.classes)
      return drawing.document()
    },
    published: [
      { at: {}, parameters: trainable + statistics, trainable, multiplyAdds, source: `Keras 3.15 ResNet${depth}V2` },
    ],
  })
}

/** ResNets for photographs with pre-activation blocks. */
export const resnetsV2: readonly Template[] = [
  preactivation(50, 25_568_360, 45_440, 3_482_255_360),
  preactivation(101, 44_577_896, 97_664, 7_194_476_544),
  preactivation(152, 60_236_904, 143_744, 10_906_697_728),
]
