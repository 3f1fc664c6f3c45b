import { byEights } from '../../blocks/mobile/inverted.js'
import { flag, int, number } from '../../layers/fields.js'
import { defineTemplate, imageFields, type Published, type Template } from '../define.js'
import { Drawing } from '../drawing.js'
import { convolution } from '../parts.js'

/** Kernel, channels inside, channels out, squeeze and excitation, activation, stride. */
type Row = readonly [
  kernel: number,
  hidden: number,
  channels: number,
  squeeze: boolean,
  activation: 'relu' | 'hard_swish',
  stride: 1 | 2,
]

interface Plan {
  readonly title: string
  readonly rows: readonly Row[]
  /** Units of the dense layer in front of the classifier. */
  readonly units: number
  readonly doc: string
  readonly published: readonly Published[]
}

/** Tables 1 and 2 of Howard et al. 2019. */
const PLANS: Readonly<Record<'small' | 'large', Plan>> = {
  small: {
    title: 'MobileNet v3 small',
    doc: 'Eleven blocks found by search for slow phones: a fifth of the work of MobileNet v2.',
    units: 1024,
    rows: [
      [3, 16, 16, true, 'relu', 2],
      [3, 72, 24, false, 'relu', 2],
      [3, 88, 24, false, 'relu', 1],
      [5, 96, 40, true, 'hard_swish', 2],
      [5, 240, 40, true, 'hard_swish', 1],
      [5, 240, 40, true, 'hard_swish', 1],
      [5, 120, 48, true, 'hard_swish', 1],
      [5, 144, 48, true, 'hard_swish', 1],
      [5, 288, 96, true, 'hard_swish', 2],
      [5, 576, 96, true, 'hard_swish', 1],
      [5, 576, 96, true, 'hard_swish', 1],
    ],
    published: [
      {
        at: {},
        parameters: 2_554_968,
        trainable: 2_542_856,
        multiplyAdds: 56_510_400,
        source: 'torchvision 0.29 mobilenet_v3_small and Keras 3.15 MobileNetV3Small',
      },
      {
        at: { units: 1280, bias: false },
        parameters: 2_957_400,
        trainable: 2_945_288,
        multiplyAdds: 56_913_856,
        source: 'pytorchcv 0.0.74 mobilenetv3_small_w1, counted by PyTorch 2.15',
      },
    ],
  },
  large: {
    title: 'MobileNet v3 large',
    doc: 'Fifteen blocks found by search: squeeze and excitation, hard swish, and less work than MobileNet v2.',
    units: 1280,
    rows: [
      [3, 16, 16, false, 'relu', 1],
      [3, 64, 24, false, 'relu', 2],
      [3, 72, 24, false, 'relu', 1],
      [5, 72, 40, true, 'relu', 2],
      [5, 120, 40, true, 'relu', 1],
      [5, 120, 40, true, 'relu', 1],
      [3, 240, 80, false, 'hard_swish', 2],
      [3, 200, 80, false, 'hard_swish', 1],
      [3, 184, 80, false, 'hard_swish', 1],
      [3, 184, 80, false, 'hard_swish', 1],
      [3, 480, 112, true, 'hard_swish', 1],
      [3, 672, 112, true, 'hard_swish', 1],
      [5, 672, 160, true, 'hard_swish', 2],
      [5, 960, 160, true, 'hard_swish', 1],
      [5, 960, 160, true, 'hard_swish', 1],
    ],
    published: [
      {
        at: {},
        parameters: 5_507_432,
        trainable: 5_483_032,
        multiplyAdds: 216_589_760,
        source: 'torchvision 0.29 mobilenet_v3_large and Keras 3.15 MobileNetV3Large',
      },
      {
        at: { bias: false },
        parameters: 5_506_152,
        trainable: 5_481_752,
        multiplyAdds: 216_589_760,
        source: 'pytorchcv 0.0.74 mobilenetv3_large_w1, counted by PyTorch 2.15',
      },
    ],
  },
}

function mobilenetV3(size: keyof typeof PLANS): Template {
  const { title, rows, units, doc, published } = PLANS[size]
  return defineTemplate({
    name: `mobilenet-v3-${size}`,
    title,
    family: 'Small and fast',
    source: 'Howard et al. 2019',
    doc,
    params: {
      ...imageFields(224, 1000),
      alpha: number('Width of every layer in multiples of the paper’s, rounded to eights as PyTorch does.', 1, {
        min: 0.1,
        max: 4,
      }),
      units: int('Units of the dense layer in front of the classifier.', units),
      bias: flag('A bias in that dense layer.', true),
    },
    build: (v) => {
      const wide = (channels: number) => byEights(channels * v.alpha)
      const drawing = new Drawing(title)
      drawing.then('input', 'input', { height: v.height, width: v.width })
      convolution(drawing, 'conv_1', { filters: wide(16), kernel: 3, stride: 2, activation: 'hard_swish' }, true)
      drawing.row()
      rows.forEach(([kernel, hidden, channels, squeeze_excite, activation, stride], i) => {
        const rest = { kernel, stride, squeeze_excite, activation }
        const params = { hidden: wide(hidden), channels: wide(channels), ...rest }
        drawing.then(`block_${i + 1}`, 'inverted_residual_v3', params)
      })
      drawing.row()
      const last = 6 * wide(rows.at(-1)![2])
      convolution(drawing, 'conv_2', { filters: last, kernel: 1, activation: 'hard_swish' }, true)
      drawing.row()
      drawing.then('pool', 'global_average_pool')
      drawing.then('dense_1', 'dense', { units: v.units, bias: v.bias })
      drawing.then('dense_1_hard_swish', 'hard_swish')
      drawing.then('dropout', 'dropout', { rate: 0.2 })
      drawing.then('logits', 'dense', { units: v.classes })
      drawing.then('main', 'head')
      return drawing.document()
    },
    published,
  })
}

/** MobileNet v3 (Howard et al. 2019) in both sizes. */
export const mobilenetsV3: readonly Template[] = [mobilenetV3('small'), mobilenetV3('large')]
