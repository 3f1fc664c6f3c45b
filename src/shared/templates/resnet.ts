import { choice, flag } from '../layers/fields.js'
import { defineTemplate, imageFields, type Published, type Template } from './define.js'
import { bn, BLOCKS, photographs } from './photographs.js'
import { doubled } from './stages.js'

/** ResNet-18 and 34 with projections of kind B, and their plain twins. */
function basic(depth: 18 | 34, type: 'residual' | 'plain', doc: string, published: readonly Published[]): Template {
  const [name, title] = type === 'residual' ? ['resnet', 'ResNet'] : ['plain', 'Plain']
  return defineTemplate({
    name: `${name}-${depth}`,
    title: `${title}-${depth}`,
    family: type === 'residual' ? 'ResNet' : 'Plain nets',
    source: 'He et al. 2016',
    doc,
    params: { ...imageFields(224, 1000), bn },
    build: (v) =>
      photographs(`${title}-${depth}`, v, BLOCKS[depth], type, (stage) => ({
        width: doubled(64)(stage),
        batch_norm: v.bn,
      })),
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
    source: 'He et al. 2016',
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
        (stage) => ({
          width: widths(stage),
          channels: 4 * widths(stage),
          variant: v.variant,
          bias: v.bias,
          batch_norm: v.bn,
        }),
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
  basic(18, 'plain', 'ResNet-18 without its skip wires.', [
    {
      at: {},
      parameters: 11_523_496,
      trainable: 11_515_688,
      multiplyAdds: 1_794_805_760,
      source: 'the layers of torchvision 0.29 resnet18 without its projections, counted by PyTorch 2.15',
    },
  ]),
  basic(
    34,
    'plain',
    'ResNet-34 without its skip wires: deeper than Plain-18, and yet worse. The figure that began it all.',
    [
      {
        at: {},
        parameters: 21_639_080,
        trainable: 21_623_848,
        multiplyAdds: 3_644_493_824,
        source: 'the layers of torchvision 0.29 resnet34 without its projections, counted by PyTorch 2.15',
      },
    ],
  ),
]
