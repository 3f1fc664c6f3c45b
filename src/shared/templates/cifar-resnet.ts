import { choice, flag } from '../layers/fields.js'
import { defineTemplate, imageFields, type Template } from './define.js'
import { Drawing } from './drawing.js'
import { classifier, convolution } from './parts.js'
import { doubled, stages } from './stages.js'

/** Depth = 6 n + 2: three stages of n blocks (He et al. 2016, section 4.2), with what PyTorch 2.15 counts. */
const DEPTHS = {
  20: { statistics: [1_568, 1_376], trainable: [272_474, 269_722], multiplyAdds: [40_813_184, 40_551_040] },
  32: { statistics: [2_464, 2_272], trainable: [466_906, 464_154], multiplyAdds: [69_124_736, 68_862_592] },
  44: { statistics: [3_360, 3_168], trainable: [661_338, 658_586], multiplyAdds: [97_436_288, 97_174_144] },
  56: { statistics: [4_256, 4_064], trainable: [855_770, 853_018], multiplyAdds: [125_747_840, 125_485_696] },
  110: { statistics: [8_288, 8_096], trainable: [1_730_714, 1_727_962], multiplyAdds: [253_149_824, 252_887_680] },
} as const

type Depth = keyof typeof DEPTHS

/** Each number with projections (option B), and with skip wires that have no weights (option A). */
const OPTIONS = { B: 0, A: 1 } as const

interface Values {
  readonly height: number | null
  readonly width: number | null
  readonly classes: number
  readonly bn: boolean
  readonly shortcut?: 'A' | 'B'
  readonly form?: 'paper' | 'keras'
}

function small(title: string, type: 'residual' | 'plain', depth: Depth) {
  return (v: Values) => {
    const drawing = new Drawing(title)
    drawing.then('input', 'input', { height: v.height, width: v.width })
    const keras = v.form === 'keras'
    convolution(drawing, 'conv_1', { filters: 16, kernel: 3, bias: keras || !v.bn }, v.bn)
    drawing.row()
    const blocks = (depth - 2) / 6
    stages(drawing, type, [blocks, blocks, blocks], (stage) => ({
      width: doubled(16)(stage),
      batch_norm: v.bn,
      ...(v.shortcut && { shortcut: v.shortcut }),
      ...(keras && { bias: true, projection_norm: false }),
    }))
    drawing.row()
    classifier(drawing, v.classes)
    return drawing.document()
  }
}

function published(depth: Depth, option: keyof typeof OPTIONS, source: string) {
  const { statistics, trainable, multiplyAdds } = DEPTHS[depth]
  const at = OPTIONS[option]
  const parameters = trainable[at] + statistics[at]
  return { parameters, trainable: trainable[at], multiplyAdds: multiplyAdds[at], source }
}

/** The example of Keras has a bias for each of its filters, and no batch norm on the projections, which have 32 + 64. */
function kerasPublished(depth: Depth) {
  const { trainable, statistics, multiplyAdds } = DEPTHS[depth]
  const blocks = (depth - 2) / 6
  const biases = 16 + 2 * blocks * (16 + 32 + 64) + 32 + 64
  const weights = trainable[0] + biases - 2 * (32 + 64)
  const parameters = weights + statistics[0] - 2 * (32 + 64)
  const source = `keras.io example cifar10_resnet, ResNet${depth} v1, counted by Keras 3.15`
  return { parameters, trainable: weights, multiplyAdds: multiplyAdds[0], source }
}

/** Batch norm or not: the nets are drawn with it, switching it off shows what it does. */
const bn = flag('Batch norm behind every convolution.', true)

function residual(depth: Depth, doc: string): Template {
  const akamaster = `akamaster/pytorch_resnet_cifar10 resnet${depth}`
  return defineTemplate({
    name: `cifar-resnet-${depth}`,
    title: `ResNet-${depth}`,
    family: 'For small images',
    source: 'He et al. 2016',
    doc,
    params: {
      ...imageFields(32, 10),
      shortcut: choice(
        'Skip wires where shapes differ: a 1x1 convolution (B), or zero channels without weights (A).',
        'B',
        'A',
      ),
      form: choice(
        'As in the paper, or as in the example of Keras: biases, and no batch norm on the projections.',
        'paper',
        'keras',
      ),
      bn,
    },
    build: small(`ResNet-${depth}`, 'residual', depth),
    published: [
      {
        at: {},
        ...published(depth, 'B', `${akamaster} option B and pytorchcv resnet${depth}_cifar10, counted by PyTorch 2.15`),
      },
      { at: { form: 'keras' }, ...kerasPublished(depth) },
      { at: { shortcut: 'A' }, ...published(depth, 'A', `${akamaster} option A, counted by PyTorch 2.15`) },
    ],
  })
}

function plain(depth: Depth, doc: string): Template {
  const source = `akamaster/pytorch_resnet_cifar10 resnet${depth} option A, whose skip wires have no weights`
  return defineTemplate({
    name: `plain-${depth}`,
    title: `Plain-${depth}`,
    family: 'Plain nets',
    source: 'He et al. 2016',
    doc,
    params: { ...imageFields(32, 10), bn },
    build: small(`Plain-${depth}`, 'plain', depth),
    published: [{ at: {}, ...published(depth, 'A', source) }],
  })
}

const blocksOf = (depth: Depth) => (depth - 2) / 2

/** ResNets for images of about 32 px; with option B there is batch norm on the projections too. */
export const cifarResnets: readonly Template[] = [
  residual(20, 'Nine residual blocks for images of about 32 px: small, quick to train, and a fair yardstick.'),
  ...([32, 44, 56, 110] as const).map((depth) =>
    residual(depth, `${blocksOf(depth)} residual blocks for images of about 32 px.`),
  ),
]

/** The plain nets of the same depths. */
export const plains: readonly Template[] = [
  plain(20, 'ResNet-20 without its skip wires: train both to see what the wires are good for.'),
  ...([32, 44, 56, 110] as const).map((depth) =>
    plain(depth, `ResNet-${depth} without its skip wires: the deeper, the less of the gradient arrives at the start.`),
  ),
]
