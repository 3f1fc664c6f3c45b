import { defineLayer, type KerasCall, type Tensor, type Tf } from './define.js'
import { extent, int } from './fields.js'
import { first } from './geometry.js'
import { shapeText } from './shapes.js'
import { rangeFields, rangeMisfit, rescalingOf } from './value-range.js'

/** Where the images enter the net; no weights. The engine hands the batch to `apply` as input 0. */
export const input = defineLayer({
  type: 'input',
  title: 'Input',
  family: 'io',
  doc: 'The images that enter the net, pixels from 0 for black to 1 for white. An open height or width takes images of any size. The range says which values the net works with: it belongs to the net, so that training, predictions and exported models all begin with the same pixels.',
  formula:
    'y = (x - mean) / deviation; x = the image, bytes 0 to 255 as 0 to 1, other numbers as the data set gives them',
  inputs: 'none',
  params: {
    height: extent('Height in px, or any.', 32),
    width: extent('Width in px, or any.', 32),
    channels: int('3 for colour, 1 for grey.', 3),
    ...rangeFields(),
  },
  summary: (p) => {
    const size = shapeText([p.height, p.width, p.channels])
    return p.range === '0 to 1' ? size : `${size}, ${p.range === 'own' ? 'standardized' : p.range}`
  },
  infer: (p) => rangeMisfit(p, p.channels) ?? [p.height, p.width, p.channels],
  apply: ({ tf }, p, inputs) => {
    const x = first(inputs)
    const rescaling = rescalingOf(p)
    if (!rescaling) return x
    const scaled = tf.mul(x, constant(tf, rescaling.factor))
    return rescaling.offset.every((value) => value === 0) ? scaled : tf.add(scaled, constant(tf, rescaling.offset))
  },
  keras: (p) => {
    const entry: KerasCall = ['Input', { shape: [p.height, p.width, p.channels] }]
    const rescaling = rescalingOf(p)
    if (!rescaling) return entry
    const [scale, offset] = [rescaling.factor, rescaling.offset].map((list) => (list.length === 1 ? list[0] : list))
    return [entry, ['Rescaling', { scale, offset }]]
  },
  pytorch: (p) => {
    const rescaling = rescalingOf(p)
    if (!rescaling) return ['nn.Identity']
    const all = (list: readonly number[]) => Array.from({ length: p.channels }, (_, i) => list[i] ?? list[0]!)
    const [factor, offset] = [all(rescaling.factor), all(rescaling.offset)]
    const mean = factor.map((value, i) => tidy(-offset[i]! / value))
    return ['torchvision.transforms.Normalize', mean, factor.map((value) => tidy(1 / value))]
  },
  examples: [
    { inputs: [], params: { height: 7, width: 10, channels: 3 } },
    { inputs: [], params: { height: null, width: null, channels: 1 } },
    { inputs: [], params: { height: 6, width: 5, channels: 2, range: '-1 to 1' } },
    { inputs: [], params: { height: 6, width: null, channels: 3, range: 'ImageNet' } },
    { inputs: [], params: { height: 5, width: 5, channels: 4, range: 'own', mean: [0.5], deviation: [1, 2, 3, 4] } },
  ],
})

/** One value for all channels, or a vector of one for each. */
function constant(tf: Tf, values: readonly number[]): Tensor {
  return values.length === 1 ? tf.scalar(values[0]!) : tf.tensor1d([...values])
}

/** Without what dividing there and back adds, and without a negative 0. */
function tidy(value: number): number {
  return Number(value.toPrecision(12)) + 0
}
