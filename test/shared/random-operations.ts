import { channelsOf, type Shape } from '../../src/shared/layers/shapes.js'

/** A whole number from `low` to `high`, both included. */
export type Dice = (low: number, high: number) => number

/** How a random net grows by one node. */
export interface Operation {
  readonly type: string
  /** Whether it can leave height and width as they are, so that a branch can join others. */
  readonly keepsSize: boolean
  readonly params: (dice: Dice, keepSize: boolean, x: Shape) => Readonly<Record<string, unknown>>
}

const none = () => ({})

function window(dice: Dice, keepSize: boolean, largest = 3) {
  return {
    kernel: [dice(1, largest), dice(1, largest)],
    stride: keepSize ? [1, 1] : [dice(1, 2), dice(1, 2)],
    padding: keepSize || dice(0, 2) > 0 ? 'same' : 'valid',
  }
}

/** Keeping the channels now and then makes an add possible. */
const filters = (dice: Dice, x: Shape) => (dice(0, 1) ? channelsOf(x) : dice(1, 5))

const fixed = (type: string): Operation => ({ type, keepsSize: true, params: none })

/** On images and vectors. */
const ANYWHERE: readonly Operation[] = [
  ...['relu', 'relu6', 'elu', 'sigmoid', 'tanh', 'swish'].map(fixed),
  { type: 'leaky_relu', keepsSize: true, params: (dice) => ({ slope: dice(0, 5) / 10 }) },
  { type: 'dropout', keepsSize: true, params: (dice) => ({ rate: dice(0, 5) / 10 }) },
  {
    type: 'batch_norm',
    keepsSize: true,
    params: (dice) => ({ scale: dice(0, 1) === 1, center: dice(0, 1) === 1, momentum: dice(5, 9) / 10 }),
  },
]

/** What may follow an image. */
export const IMAGE_OPERATIONS: readonly Operation[] = [
  ...ANYWHERE,
  ...[1, 2, 3].map((): Operation => ({
    type: 'conv2d',
    keepsSize: true,
    params: (dice, keep, x) => ({ ...window(dice, keep, 5), filters: filters(dice, x), bias: dice(0, 1) === 1 }),
  })),
  { type: 'max_pool', keepsSize: true, params: (dice, keep) => window(dice, keep) },
  { type: 'average_pool', keepsSize: true, params: (dice, keep) => window(dice, keep) },
  { type: 'lrn', keepsSize: true, params: (dice) => ({ depth_radius: dice(0, 3), alpha: dice(1, 5) / 10 }) },
  {
    type: 'conv_bn',
    keepsSize: true,
    params: (dice, keep, x) => ({
      ...window(dice, keep),
      filters: filters(dice, x),
      activation: ['relu', 'relu6', 'leaky_relu', 'elu', 'swish', 'none'][dice(0, 5)],
    }),
  },
  {
    type: 'inception',
    keepsSize: true,
    params: (dice) => ({
      conv_1x1: dice(1, 3),
      conv_3x3_reduce: dice(1, 3),
      conv_3x3: dice(1, 3),
      conv_5x5_reduce: dice(1, 3),
      conv_5x5: dice(1, 3),
      pool_projection: dice(1, 3),
      batch_norm: dice(0, 1) === 1,
    }),
  },
  ...['residual', 'plain'].map((type): Operation => ({
    type,
    keepsSize: true,
    params: (dice, keep, x) => ({
      width: filters(dice, x),
      stride: keep ? 1 : dice(1, 2),
      batch_norm: dice(0, 1) === 1,
    }),
  })),
  {
    type: 'vgg_stage',
    keepsSize: false,
    params: (dice) => ({ filters: dice(1, 4), convolutions: dice(1, 2), batch_norm: dice(0, 1) === 1 }),
  },
  {
    type: 'auxiliary_classifier',
    keepsSize: false,
    params: (dice) => ({
      classes: dice(2, 6),
      pool: dice(1, 4),
      pool_stride: dice(1, 3),
      filters: 2,
      units: 4,
      rate: 0.5,
    }),
  },
  { type: 'global_average_pool', keepsSize: false, params: none },
  { type: 'global_max_pool', keepsSize: false, params: none },
  { type: 'flatten', keepsSize: false, params: none },
]

/** What may follow a vector. */
export const VECTOR_OPERATIONS: readonly Operation[] = [
  ...ANYWHERE,
  { type: 'dense', keepsSize: true, params: (dice, _keep, x) => ({ units: filters(dice, x), bias: dice(0, 1) === 1 }) },
  fixed('flatten'),
]
