import { flag } from '../layers/fields.js'
import { defineTemplate, imageFields } from './define.js'
import { Drawing } from './drawing.js'
import { classifier, convolution, halve } from './parts.js'

/** Draw stages of two-convolution blocks; every stage but the first halves the image. */
function stages(drawing: Drawing, type: 'residual' | 'plain', widths: readonly number[], blocks: number, bn: boolean) {
  widths.forEach((width, stage) => {
    for (let block = 0; block < blocks; block++) {
      const stride = stage > 0 && block === 0 ? 2 : 1
      drawing.then(`stage_${stage + 1}_block_${block + 1}`, type, { width, stride, batch_norm: bn })
    }
  })
}

/** Batch norm or not: the nets are drawn with it, switching it off shows what it does. */
const bn = flag('Batch norm behind every convolution.', true)

/** ResNet-18 for photographs (He et al. 2016, table 1), projections of kind B. */
export const resnet18 = defineTemplate({
  name: 'resnet-18',
  title: 'ResNet-18',
  doc: 'Eight residual blocks behind a 7x7 stem: the standard first net for photographs.',
  params: { ...imageFields(224, 1000), bn },
  build: (v) => {
    const drawing = new Drawing('ResNet-18')
    drawing.then('input', 'input', { height: v.height, width: v.width })
    convolution(drawing, 'conv_1', { filters: 64, kernel: 7, stride: 2 }, v.bn)
    halve(drawing, 'pool_1')
    drawing.row()
    stages(drawing, 'residual', [64, 128, 256], 2, v.bn)
    drawing.row()
    for (const block of [1, 2]) {
      drawing.then(`stage_4_block_${block}`, 'residual', { width: 512, stride: block === 1 ? 2 : 1, batch_norm: v.bn })
    }
    classifier(drawing, v.classes)
    return drawing.document()
  },
  published: [
    {
      at: {},
      parameters: 11_699_112,
      trainable: 11_689_512,
      multiplyAdds: 1_814_073_344,
      source: 'torchvision 0.29 resnet18, counted by PyTorch 2.15',
    },
  ],
})

function cifar(
  title: string,
  type: 'residual' | 'plain',
  v: { height: number | null; width: number | null; classes: number; bn: boolean },
) {
  const drawing = new Drawing(title)
  drawing.then('input', 'input', { height: v.height, width: v.width })
  convolution(drawing, 'conv_1', { filters: 16, kernel: 3 }, v.bn)
  drawing.row()
  stages(drawing, type, [16, 32, 64], 3, v.bn)
  drawing.row()
  classifier(drawing, v.classes)
  return drawing.document()
}

/** ResNet-20 for small images (He et al. 2016, section 4.2), with 1x1 projections and batch norm on them (option B). */
export const cifarResnet20 = defineTemplate({
  name: 'cifar-resnet-20',
  title: 'ResNet-20',
  doc: 'Nine residual blocks for images of about 32 px: small, quick to train, and a fair yardstick.',
  params: { ...imageFields(32, 10), bn },
  build: (v) => cifar('ResNet-20', 'residual', v),
  published: [
    {
      at: {},
      parameters: 274_042,
      trainable: 272_474,
      multiplyAdds: 40_813_184,
      source:
        'akamaster/pytorch_resnet_cifar10 resnet20 option B and pytorchcv resnet20_cifar10, counted by PyTorch 2.15',
    },
  ],
})

/** The plain 20-layer net that He et al. 2016 compare ResNet-20 with. */
export const plain20 = defineTemplate({
  name: 'plain-20',
  title: 'Plain-20',
  doc: 'ResNet-20 without its skip wires: train both to see what the wires are good for.',
  params: { ...imageFields(32, 10), bn },
  build: (v) => cifar('Plain-20', 'plain', v),
  published: [
    {
      at: {},
      parameters: 271_098,
      trainable: 269_722,
      multiplyAdds: 40_551_040,
      source: 'akamaster/pytorch_resnet_cifar10 resnet20 option A, whose skip wires have no weights',
    },
  ],
})
