import { channelsOf, type Shape } from '../../src/shared/layers/shapes.js'
import type { Dice, Operation } from './random-operations.js'

const yes = (dice: Dice) => dice(0, 1) === 1

/** Keeping the channels now and then makes a skip wire without weights possible. */
const channels = (dice: Dice, x: Shape) => (yes(dice) ? channelsOf(x) : dice(1, 4))

const stride = (dice: Dice, keepSize: boolean) => (keepSize ? 1 : dice(1, 2))

/** Blocks of nets for phones, and of those that came after ResNet. */
export const LATER_BLOCKS: readonly Operation[] = [
  {
    type: 'depthwise_separable',
    keepsSize: true,
    params: (dice, keep, x) => ({ filters: channels(dice, x), stride: stride(dice, keep) }),
  },
  {
    type: 'inverted_residual',
    keepsSize: true,
    params: (dice, keep, x) => ({
      channels: channels(dice, x),
      expansion: dice(1, 2),
      stride: stride(dice, keep),
      always: yes(dice),
    }),
  },
  {
    type: 'inverted_residual_v3',
    keepsSize: true,
    params: (dice, keep, x) => ({
      hidden: dice(1, 5),
      channels: channels(dice, x),
      kernel: 2 * dice(0, 2) + 1,
      stride: stride(dice, keep),
      squeeze_excite: yes(dice),
      activation: ['hard_swish', 'relu'][dice(0, 1)],
    }),
  },
  {
    type: 'mbconv',
    keepsSize: true,
    params: (dice, keep, x) => ({
      channels: channels(dice, x),
      expansion: dice(1, 2),
      stride: stride(dice, keep),
      rate: dice(0, 1) / 4,
    }),
  },
  { type: 'squeeze_excite', keepsSize: true, params: (dice) => ({ reduction: dice(1, 4) }) },
  {
    type: 'se_residual',
    keepsSize: true,
    params: (dice, keep, x) => ({
      width: dice(1, 3),
      channels: channels(dice, x),
      stride: stride(dice, keep),
      reduction: 1,
    }),
  },
  {
    type: 'resnext',
    keepsSize: true,
    params: (dice, keep, x) => ({
      groups: dice(1, 3),
      group_width: dice(1, 2),
      channels: channels(dice, x),
      stride: stride(dice, keep),
      batch_norm: yes(dice),
    }),
  },
  {
    type: 'bottleneck_preactivation',
    keepsSize: true,
    params: (dice, keep, x) => ({
      width: dice(1, 3),
      channels: channels(dice, x),
      stride: stride(dice, keep),
      bias: yes(dice),
    }),
  },
  {
    type: 'inception_bn',
    keepsSize: true,
    params: (dice, keep) => ({
      conv_1x1: dice(0, 3),
      conv_3x3_reduce: dice(1, 3),
      conv_3x3: dice(1, 3),
      double_reduce: dice(1, 3),
      double_3x3: dice(1, 3),
      pool: ['average', 'max'][dice(0, 1)],
      pool_projection: dice(0, 3),
      stride: stride(dice, keep),
      bias: yes(dice),
    }),
  },
  {
    type: 'wide_residual',
    keepsSize: true,
    params: (dice, keep) => ({
      width: dice(1, 2),
      factor: dice(1, 2),
      stride: stride(dice, keep),
      rate: dice(0, 1) / 4,
    }),
  },
  {
    type: 'xception_residual',
    keepsSize: true,
    params: (dice, keep, x) => ({
      inner: dice(1, 3),
      channels: channels(dice, x),
      convolutions: dice(1, 2),
      stride: stride(dice, keep),
      first_relu: yes(dice),
    }),
  },
  {
    type: 'convnext',
    keepsSize: true,
    params: (dice) => ({ kernel: 2 * dice(0, 2) + 1, expansion: dice(1, 2), rate: dice(0, 1) / 4 }),
  },
]
