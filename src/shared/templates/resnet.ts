import { choice, flag } from '../layers/fields.js'
import { defineTemplate, imageFields, type Published, type Template } from './define.js'
import { Drawing } from './drawing.js'
import { classifier, convolution, halve } from './parts.js'
import { doubled, stages } from './stages.js'

/** Blocks of each stage (He et al. 2016, table 1). */
const BLOCKS = {
  18: [2, 2, 2, 2],
  34: [3, 4, 6, 3],
  50: [3, 4, 6, 3],
  101: [3, 4, 23, 3],
  152: [3, 8, 36, 3],
} as const

/** Batch norm or not: the nets are drawn with it, switching it off shows what it does. */
const bn = flag('Batch norm behind every convolution.', true)

interface Values {
  readonly height: number | null
  readonly width: number | null
  readonly classes: number
  readonly bn: boolean
}

/** A net for photographs: 7x7 stem, four stages, classifier. */
function photographs(
  title: string,
  v: Values,
  blocks: readonly number[],
  type: string,
  paramsOf: (stage: number) => object,
  bias?: boolean,
) {
  const drawing = new Drawing(title)
  drawing.then('input', 'input', { height: v.height, width: v.width })
  convolution(drawing, 'conv_1', { filters: 64, kernel: 7, stride: 2, ...(bias && { bias }) }, v.bn)
  halve(drawing, 'pool_1')
  drawing.row()
  stages(drawing, type, blocks, (stage) => ({ ...paramsOf(stage), batch_norm: v.bn }))
  classifier(drawing, v.classes)
  return drawing.document()
}

/** ResNet-18 and 34 with projections of kind B, and their plain twins. */
function basic(
  depth: 18 | 34,
  type: 'residual' | 'plain',
  doc: string,
  published: readonly Published[] = [],
): Template {
  const [name, title] = type === 'residual' ? ['resnet', 'ResNet'] : ['plain', 'Plain']
  return defineTemplate({
    name: `${name}-${depth}`,
    title: `${title}-${depth}`,
    family: type === 'residual' ? 'ResNet' : 'Plain nets',
    doc,
    params: { ...imageFields(224, 1000), bn },
    build: (v) => photographs(`${title}-${depth}`, v, BLOCKS[depth], type, (stage) => ({ width: doubled(64)(stage) })),
    published,
  })
}

/** Deep residual nets of bottleneck blocks. */
function deep(depth: 50 | 101 | 152, published: readonly Published[]): Template {
  const widths = doubled(64)
  return defineTemplate({
    name: `resnet-${depth}`,
    title: `ResNet-${depth}`,
    family: 'ResNet',
    doc: `${BLOCKS[depth].reduce((sum, n) => sum + n, 0)} bottleneck blocks in four stages behind a 7x7 stem.`,
    params: {
      ...imageFields(224, 1000),
      variant: choice(
        'Stride on the first 1x1 of a block (v1: paper, Keras) or on the 3x3 (v1.5: PyTorch).',
        'v1',
        'v1.5',
      ),
      bn,
      bias: flag('Biases in front of batch norm too, as Keras has them.', false),
    },
    build: (v) =>
      photographs(
        `ResNet-${depth}`,
        v,
        BLOCKS[depth],
        'bottleneck',
        (stage) => ({ width: widths(stage), channels: 4 * widths(stage), variant: v.variant, bias: v.bias }),
        v.bias,
      ),
    published,
  })
}

/** The three ways in which libraries have a deep ResNet: torchvision's v1.5, the paper's v1, and Keras' v1 with biases. */
function deepPublished(
  depth: number,
  weights: { readonly trainable: number; readonly statistics: number; readonly biases: number },
  multiplyAdds: { readonly v1: number; readonly v15: number },
  source: string,
): readonly Published[] {
  const { trainable, statistics, biases } = weights
  const parameters = trainable + statistics
  return [
    { at: {}, parameters, trainable, multiplyAdds: multiplyAdds.v1, source },
    {
      at: { variant: 'v1.5' },
      parameters,
      trainable,
      multiplyAdds: multiplyAdds.v15,
      source: `torchvision 0.29 resnet${depth}, counted by PyTorch 2.15`,
    },
    {
      at: { bias: true },
      parameters: parameters + biases,
      trainable: trainable + biases,
      multiplyAdds: multiplyAdds.v1,
      source: `Keras 3.15 ResNet${depth}`,
    },
  ]
}

const counted = (depth: number) =>
  `weights as torchvision 0.29 resnet${depth}, multiply-adds as Keras 3.15 ResNet${depth}, which has the stride there`

/** ResNets for photographs (He et al. 2016, table 1). */
export const resnets: readonly Template[] = [
  basic(18, 'residual', 'Eight residual blocks behind a 7x7 stem: the standard first net for photographs.', [
    {
      at: {},
      parameters: 11_699_112,
      trainable: 11_689_512,
      multiplyAdds: 1_814_073_344,
      source: 'torchvision 0.29 resnet18, counted by PyTorch 2.15',
    },
  ]),
  basic(34, 'residual', 'Sixteen residual blocks behind a 7x7 stem: twice as deep as ResNet-18.', [
    {
      at: {},
      parameters: 21_814_696,
      trainable: 21_797_672,
      multiplyAdds: 3_663_761_408,
      source: 'torchvision 0.29 resnet34, counted by PyTorch 2.15',
    },
  ]),
  deep(
    50,
    deepPublished(
      50,
      { trainable: 25_557_032, statistics: 53_120, biases: 26_560 },
      { v1: 3_857_973_248, v15: 4_089_184_256 },
      'pytorchcv 0.0.74 resnet50, counted by PyTorch 2.15',
    ),
  ),
  deep(
    101,
    deepPublished(
      101,
      { trainable: 44_549_160, statistics: 105_344, biases: 52_672 },
      { v1: 7_570_194_432, v15: 7_801_405_440 },
      counted(101),
    ),
  ),
  deep(
    152,
    deepPublished(
      152,
      { trainable: 60_192_808, statistics: 151_424, biases: 75_712 },
      { v1: 11_282_415_616, v15: 11_513_626_624 },
      counted(152),
    ),
  ),
]

/** The plain nets for photographs that He et al. 2016 compare with (figure 4, left). */
export const plainPhotographs: readonly Template[] = [
  basic(18, 'plain', 'ResNet-18 without its skip wires.'),
  basic(
    34,
    'plain',
    'ResNet-34 without its skip wires: deeper than Plain-18, and yet worse. The figure that began it all.',
  ),
]

/** Wide ResNet-50-2 (Zagoruyko and Komodakis 2016): inner convolutions twice as wide. */
export const wideResnet: Template = defineTemplate({
  name: 'wide-resnet-50-2',
  title: 'Wide ResNet-50-2',
  family: 'ResNet',
  doc: 'ResNet-50 with twice the channels inside its blocks: wider instead of deeper.',
  params: { ...imageFields(224, 1000), bn },
  build: (v) =>
    photographs('Wide ResNet-50-2', v, BLOCKS[50], 'bottleneck', (stage) => {
      return { width: doubled(128)(stage), channels: doubled(256)(stage), variant: 'v1.5' }
    }),
  published: [
    {
      at: {},
      parameters: 68_951_464,
      trainable: 68_883_240,
      multiplyAdds: 11_398_021_120,
      source: 'torchvision 0.29 wide_resnet50_2, counted by PyTorch 2.15',
    },
  ],
})
