import { choice, numbers, onlyWhen } from './fields.js'
import type { Misfit } from './shapes.js'

/** What an input does to each channel of its pixels: y = x factor + offset; one number stands for all channels. */
export interface Rescaling {
  readonly factor: readonly number[]
  readonly offset: readonly number[]
}

/** Mean and deviation of the pixels of ImageNet (0 to 1; red, green, blue), as torchvision's transforms and its weights have them. */
const IMAGENET = { mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225] } as const

/** The fields that say in which range of values the net gets its images. */
export function rangeFields() {
  return {
    range: choice(
      'Values that the net gets of pixels of 0 to 1: the same, another range, or a mean of 0 and a deviation of 1 in each channel.',
      '0 to 1',
      '-1 to 1',
      '0 to 255',
      'ImageNet',
      'own',
    ),
    mean: onlyWhen(numbers('What is subtracted: one number, or one for each channel; none for 0.'), 'range', 'own'),
    deviation: onlyWhen(
      numbers('What is divided by afterwards: one number, or one for each channel; none for 1.', { min: 1e-6 }),
      'range',
      'own',
    ),
  }
}

interface RangeValues {
  readonly range: '0 to 1' | '-1 to 1' | '0 to 255' | 'ImageNet' | 'own'
  readonly mean: readonly number[]
  readonly deviation: readonly number[]
}

/** What is computed for a range; `undefined` where pixels stay as they are. */
export function rescalingOf({ range, mean, deviation }: RangeValues): Rescaling | undefined {
  if (range === '0 to 1') return undefined
  if (range === '-1 to 1') return { factor: [2], offset: [-1] }
  if (range === '0 to 255') return { factor: [255], offset: [0] }
  return range === 'ImageNet' ? standardized(IMAGENET) : standardized({ mean, deviation })
}

function standardized({ mean, deviation }: Pick<RangeValues, 'mean' | 'deviation'>): Rescaling | undefined {
  const count = Math.max(mean.length, deviation.length)
  if (count === 0) return undefined
  const at = (list: readonly number[], channel: number, none: number) => list[list.length === 1 ? 0 : channel] ?? none
  const channels = Array.from({ length: count }, (_, i) => ({ mean: at(mean, i, 0), deviation: at(deviation, i, 1) }))
  return {
    factor: channels.map((one) => 1 / one.deviation),
    offset: channels.map((one) => (one.mean === 0 ? 0 : -one.mean / one.deviation)),
  }
}

/** Why a range does not go with so many channels; `undefined` if it does. */
export function rangeMisfit(values: RangeValues, channels: number): Misfit | undefined {
  const { range, mean, deviation } = values
  const lists = range === 'ImageNet' ? [IMAGENET.mean] : range === 'own' ? [mean, deviation] : []
  const wrong = lists.find(({ length }) => length > 1 && length !== channels)
  if (!wrong) return undefined
  const what = range === 'ImageNet' ? 'ImageNet’s mean and deviation are' : 'The mean or deviation is'
  return {
    code: 'shape/value-range',
    message: `${what} of ${wrong.length} channels, but the images have ${channels}.`,
    hint: 'Give one number for each channel, or one for all, or choose another range.',
  }
}

/** The range in a few words: `-1 to 1`, or mean and deviation. */
export function rangeWords(values: RangeValues): string {
  if (values.range !== 'own') return values.range === 'ImageNet' ? 'ImageNet mean and deviation' : values.range
  const text = (list: readonly number[], none: number) => (list.length === 0 ? `${none}` : list.join(' '))
  return `mean ${text(values.mean, 0)}, deviation ${text(values.deviation, 1)}`
}
