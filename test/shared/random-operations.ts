import { channelsOf, type Shape } from '../../src/shared/layers/shapes.js'
import { LATER_BLOCKS } from './random-blocks.js'
import { SHAPING, UNFOLDING } from './random-shaping.js'

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

/** A window of a layer, which may pad each side by itself. */
function layerWindow(dice: Dice, keepSize: boolean, largest = 3) {
  const own = { padding: 'explicit', pads: [dice(0, 1), dice(0, 1), dice(0, 1), dice(0, 1)] }
  return { ...window(dice, keepSize, largest), ...(!keepSize && dice(0, 3) === 0 && own) }
}

/** Keeping the channels now and then makes an add possible. */
const filters = (dice: Dice, x: Shape) => (dice(0, 1) ? channelsOf(x) : dice(1, 5))

const fixed = (type: string): Operation => ({ type, keepsSize: true, params: none })

/** On images and vectors. */
const ANYWHERE: readonly Operation[] = [
  ...[
    'relu',
    'relu6',
    'elu',
    'sigmoid',
    'tanh',
    'swish',
    'selu',
    'gelu',
    'mish',
    'softplus',
    'hard_swish',
    'hard_sigmoid',
    'prelu',
    'softmax',
  ].map(fixed),
  { type: 'leaky_relu', keepsSize: true, params: (dice) => ({ slope: dice(0, 5) / 10 }) },
  { type: 'scale', keepsSize: true, params: (dice) => ({ factor: dice(-10, 10) / 10, offset: dice(-1, 1) / 2 }) },
  { type: 'layer_norm', keepsSize: true, params: (dice) => ({ scale: dice(0, 1) === 1, center: dice(0, 1) === 1 }) },
  ...['dropout', 'stochastic_depth'].map((type): Operation => ({
    type,
    keepsSize: true,
    params: (dice) => ({ rate: dice(0, 5) / 10 }),
  })),
  { type: 'gaussian_noise', keepsSize: true, params: (dice) => ({ deviation: dice(0, 5) / 10 }) },
  {
    type: 'batch_norm',
    keepsSize: true,
    params: (dice) => ({ scale: dice(0, 1) === 1, center: dice(0, 1) === 1, momentum: dice(5, 9) / 10 }),
  },
]

const gaps = (dice: Dice) => ({ dilation: [dice(1, 2), dice(1, 3)] })

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b))

const yes = (dice: Dice) => dice(0, 1) === 1

/** Small widths for all fields named. */
const widths = (dice: Dice, ...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, dice(1, 3)]))

const inceptionResnet = (dice: Dice) => ({ n: dice(1, 2), batch_norm: yes(dice), bn_scale: yes(dice) })

/** Blocks of Inception-v3, v4 and Inception-ResNet. */
const INCEPTIONS: readonly Operation[] = [
  {
    type: 'inception_a',
    keepsSize: true,
    params: (dice) => ({
      ...widths(dice, 'conv_1x1', 'middle_reduce', 'middle', 'double_reduce', 'double', 'pool_projection'),
      middle_window: ['5x5', '3x3'][dice(0, 1)],
      bn_scale: yes(dice),
    }),
  },
  {
    type: 'inception_b',
    keepsSize: true,
    params: (dice) => widths(dice, 'conv_1x1', 'reduce', 'middle', 'conv_7x7', 'pool_projection'),
  },
  {
    type: 'inception_c',
    keepsSize: true,
    params: (dice) => ({
      ...widths(dice, 'conv_1x1', 'single', 'double_reduce', 'double', 'split', 'pool_projection'),
      double_1x3: dice(0, 2),
    }),
  },
  {
    type: 'reduction_a',
    keepsSize: false,
    params: (dice) => widths(dice, 'conv_3x3', 'double_reduce', 'double_1', 'double_2'),
  },
  {
    type: 'reduction_b',
    keepsSize: false,
    params: (dice) => widths(dice, 'reduce', 'conv_3x3', 'wide', 'conv_7x7'),
  },
  { type: 'inception_v4_stem', keepsSize: false, params: () => ({ width: 0.05 }) },
  {
    type: 'auxiliary_classifier_v3',
    keepsSize: false,
    params: (dice) => ({ classes: dice(2, 6), filters: 2, last: 3 }),
  },
  ...['a', 'b', 'c'].map((kind): Operation => ({
    type: `inception_resnet_${kind}`,
    keepsSize: true,
    params: (dice) => ({
      ...inceptionResnet(dice),
      ...(kind !== 'a' && { form: ['keras', 'article'][dice(0, 1)] }),
      scaling: dice(1, 10) / 10,
      relu: yes(dice),
    }),
  })),
  ...['a', 'b'].map((kind): Operation => ({
    type: `inception_resnet_reduction_${kind}`,
    keepsSize: false,
    params: inceptionResnet,
  })),
]

/** What may follow an image. */
export const IMAGE_OPERATIONS: readonly Operation[] = [
  ...ANYWHERE,
  ...[1, 2, 3].map((): Operation => ({
    type: 'conv2d',
    keepsSize: true,
    params: (dice, keep, x) => ({ ...layerWindow(dice, keep, 5), filters: filters(dice, x), bias: dice(0, 1) === 1 }),
  })),
  {
    type: 'conv2d',
    keepsSize: true,
    params: (dice, keep, x) => {
      const groups = commonDivisor(channelsOf(x), dice(1, 4))
      return { ...layerWindow(dice, keep), ...gaps(dice), groups, filters: groups * dice(1, 3), bias: yes(dice) }
    },
  },
  {
    type: 'depthwise_conv2d',
    keepsSize: true,
    params: (dice, keep) => ({ ...layerWindow(dice, keep), ...gaps(dice), multiplier: dice(1, 2), bias: yes(dice) }),
  },
  {
    type: 'separable_conv2d',
    keepsSize: true,
    params: (dice, keep, x) => ({
      ...layerWindow(dice, keep),
      ...gaps(dice),
      multiplier: dice(1, 2),
      filters: filters(dice, x),
    }),
  },
  {
    type: 'group_norm',
    keepsSize: true,
    params: (dice, _keep, x) => ({
      groups: commonDivisor(channelsOf(x), dice(1, 4)),
      scale: yes(dice),
      center: yes(dice),
    }),
  },
  { type: 'spatial_dropout', keepsSize: true, params: (dice) => ({ rate: dice(0, 5) / 10 }) },
  { type: 'layer_scale', keepsSize: true, params: (dice) => ({ start: dice(1, 10) / 10 }) },
  { type: 'instance_norm', keepsSize: true, params: (dice) => ({ scale: yes(dice), center: yes(dice) }) },
  { type: 'max_pool', keepsSize: true, params: (dice, keep) => ({ ...layerWindow(dice, keep), ceil: yes(dice) }) },
  {
    type: 'average_pool',
    keepsSize: true,
    params: (dice, keep) => ({ ...layerWindow(dice, keep), ceil: yes(dice), count_padding: yes(dice) }),
  },
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
      large_window: ['5x5', '3x3'][dice(0, 1)],
      batch_norm: dice(0, 1) === 1,
    }),
  },
  ...INCEPTIONS,
  {
    type: 'bottleneck',
    keepsSize: true,
    params: (dice, keep, x) => ({
      width: dice(1, 3),
      channels: filters(dice, x),
      stride: keep ? 1 : dice(1, 2),
      variant: ['v1', 'v1.5'][dice(0, 1)],
      batch_norm: yes(dice),
      bias: yes(dice),
    }),
  },
  {
    type: 'dense_block',
    keepsSize: true,
    params: (dice) => ({ layers: dice(1, 2), growth: dice(1, 3), bottleneck: dice(1, 2) }),
  },
  { type: 'transition', keepsSize: false, params: (dice) => ({ compression: dice(1, 4) / 4 }) },
  { type: 'fire', keepsSize: true, params: (dice) => widths(dice, 'squeeze', 'expand_1x1', 'expand_3x3') },
  ...['residual', 'plain'].map((type): Operation => ({
    type,
    keepsSize: true,
    params: (dice, keep, x) => ({
      width: filters(dice, x),
      stride: keep ? 1 : dice(1, 2),
      ...(type === 'residual' && { shortcut: ['A', 'B'][dice(0, 1)] }),
      batch_norm: dice(0, 1) === 1,
    }),
  })),
  {
    type: 'residual_preactivation',
    keepsSize: true,
    params: (dice, keep, x) => ({ width: filters(dice, x), stride: keep ? 1 : dice(1, 2) }),
  },
  { type: 'pad_channels', keepsSize: true, params: (dice, _keep, x) => ({ channels: channelsOf(x) + dice(0, 2) }) },
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
      batch_norm: yes(dice),
    }),
  },
  ...LATER_BLOCKS,
  ...SHAPING,
  { type: 'global_average_pool', keepsSize: false, params: none },
  { type: 'global_max_pool', keepsSize: false, params: none },
  { type: 'flatten', keepsSize: false, params: none },
]

/** What may follow a vector. */
export const VECTOR_OPERATIONS: readonly Operation[] = [
  ...ANYWHERE,
  { type: 'dense', keepsSize: true, params: (dice, _keep, x) => ({ units: filters(dice, x), bias: dice(0, 1) === 1 }) },
  fixed('flatten'),
  UNFOLDING,
]
