import { channelsOf, isImage, sizeOf, type Shape } from '../../src/shared/layers/shapes.js'
import type { Dice, Operation } from './random-operations.js'

const INTERPOLATIONS = ['nearest', 'bilinear']
const ORDERS = [
  'width height channels',
  'height channels width',
  'channels width height',
  'width channels height',
  'channels height width',
]

const around = (dice: Dice, most: number) => [dice(0, most), dice(0, most), dice(0, most), dice(0, most)]

/** A divisor of a number. */
function divisor(dice: Dice, number: number): number {
  const all = Array.from({ length: number }, (_, i) => i + 1).filter((one) => number % one === 0)
  return all[dice(0, all.length - 1)] as number
}

/** Groups that channels fall into, and filters that do too. */
function split(dice: Dice, x: Shape) {
  const groups = divisor(dice, channelsOf(x))
  return { groups, filters: groups * dice(1, groups > 2 ? 1 : 3) }
}

/** An image of as many values as there are. */
function sameCount(dice: Dice, x: Shape) {
  const count = sizeOf(x) as number
  const height = divisor(dice, count)
  const width = divisor(dice, count / height)
  return { height, width, channels: count / height / width }
}

/** Layers that move values around in an image. */
export const SHAPING: readonly Operation[] = [
  {
    type: 'random_flip',
    keepsSize: true,
    params: (dice) => ({ axes: ['horizontal', 'vertical', 'both'][dice(0, 2)] }),
  },
  {
    type: 'random_crop',
    keepsSize: false,
    params: (dice, _keep, x) => ({ height: dice(1, x[0] as number), width: dice(1, x[1] as number) }),
  },
  { type: 'zero_padding', keepsSize: false, params: (dice) => ({ pads: around(dice, 2) }) },
  { type: 'cropping', keepsSize: false, params: (dice) => ({ crop: around(dice, 1) }) },
  {
    type: 'upsampling',
    keepsSize: false,
    params: (dice) => ({ factor: [dice(1, 2), dice(1, 3)], interpolation: INTERPOLATIONS[dice(0, 1)] }),
  },
  {
    type: 'resize',
    keepsSize: false,
    params: (dice) => ({ height: dice(1, 9), width: dice(1, 9), interpolation: INTERPOLATIONS[dice(0, 1)] }),
  },
  {
    type: 'adaptive_average_pool',
    keepsSize: false,
    params: (dice, _keep, x) => ({ size: [dice(1, x[0] as number), dice(1, x[1] as number)] }),
  },
  { type: 'reshape', keepsSize: false, params: (dice, _keep, x) => sameCount(dice, x) },
  { type: 'permute', keepsSize: false, params: (dice) => ({ order: ORDERS[dice(0, 4)] }) },
  {
    type: 'channel_shuffle',
    keepsSize: true,
    params: (dice, _keep, x) => ({ groups: divisor(dice, channelsOf(x)) }),
  },
  {
    type: 'transposed_conv2d',
    keepsSize: false,
    params: (dice, _keep, x) => ({
      ...split(dice, x),
      kernel: [dice(1, 3), dice(2, 3)],
      stride: [dice(1, 2), dice(2, 3)],
      dilation: [dice(1, 2), dice(1, 2)],
      padding: ['same', 'valid', 'explicit'][dice(0, 2)],
      pads: [0, 0, dice(0, 1), dice(0, 1)],
      output_padding: [0, dice(0, 1)],
      bias: dice(0, 1) === 1,
    }),
  },
]

/** An image made of a vector. */
export const UNFOLDING: Operation = {
  type: 'reshape',
  keepsSize: false,
  params: (dice, _keep, x) => (isImage(x) ? {} : sameCount(dice, x)),
}
