import { elu } from './activations/elu.js'
import { gelu } from './activations/gelu.js'
import { hardSigmoid } from './activations/hard-sigmoid.js'
import { hardSwish } from './activations/hard-swish.js'
import { leakyRelu } from './activations/leaky-relu.js'
import { mish } from './activations/mish.js'
import { prelu } from './activations/prelu.js'
import { relu } from './activations/relu.js'
import { relu6 } from './activations/relu6.js'
import { selu } from './activations/selu.js'
import { sigmoid } from './activations/sigmoid.js'
import { softmax } from './activations/softmax.js'
import { softplus } from './activations/softplus.js'
import { swish } from './activations/swish.js'
import { tanh } from './activations/tanh.js'
import { batchNorm } from './batch-norm.js'
import { conv2d } from './conv2d.js'
import type { Layer } from './define.js'
import { dense } from './dense.js'
import { depthwiseConv2d } from './depthwise-conv2d.js'
import { groupNorm } from './group-norm.js'
import { head } from './heads/head.js'
import { regressionHead } from './heads/regression-head.js'
import { input } from './input.js'
import { instanceNorm } from './instance-norm.js'
import { layerNorm } from './layer-norm.js'
import { layerScale } from './layer-scale.js'
import { lrn } from './lrn.js'
import { add } from './merging/add.js'
import { average } from './merging/average.js'
import { concat } from './merging/concat.js'
import { maximum } from './merging/maximum.js'
import { multiply } from './merging/multiply.js'
import { subtract } from './merging/subtract.js'
import { dropout } from './noise/dropout.js'
import { gaussianNoise } from './noise/gaussian-noise.js'
import { randomCrop } from './noise/random-crop.js'
import { randomFlip } from './noise/random-flip.js'
import { spatialDropout } from './noise/spatial-dropout.js'
import { stochasticDepth } from './noise/stochastic-depth.js'
import { adaptiveAveragePool } from './pooling/adaptive-average-pool.js'
import { averagePool } from './pooling/average-pool.js'
import { globalAveragePool } from './pooling/global-average-pool.js'
import { globalMaxPool } from './pooling/global-max-pool.js'
import { maxPool } from './pooling/max-pool.js'
import { scale } from './scale.js'
import { separableConv2d } from './separable-conv2d.js'
import { channelShuffle } from './shaping/channel-shuffle.js'
import { cropping } from './shaping/cropping.js'
import { flatten } from './shaping/flatten.js'
import { padChannels } from './shaping/pad-channels.js'
import { permute } from './shaping/permute.js'
import { reshape } from './shaping/reshape.js'
import { resize } from './shaping/resize.js'
import { upsampling } from './shaping/upsampling.js'
import { zeroPadding } from './shaping/zero-padding.js'
import { transposedConv2d } from './transposed-conv2d.js'

/** Every layer there is, in the order of the palette. */
export const layers: readonly Layer[] = [
  input,
  randomFlip,
  randomCrop,
  conv2d,
  depthwiseConv2d,
  separableConv2d,
  transposedConv2d,
  maxPool,
  averagePool,
  adaptiveAveragePool,
  globalAveragePool,
  globalMaxPool,
  batchNorm,
  layerNorm,
  groupNorm,
  instanceNorm,
  lrn,
  dropout,
  spatialDropout,
  stochasticDepth,
  gaussianNoise,
  scale,
  layerScale,
  relu,
  relu6,
  leakyRelu,
  prelu,
  elu,
  selu,
  swish,
  gelu,
  mish,
  softplus,
  hardSwish,
  hardSigmoid,
  sigmoid,
  tanh,
  softmax,
  concat,
  add,
  subtract,
  multiply,
  average,
  maximum,
  padChannels,
  flatten,
  reshape,
  permute,
  zeroPadding,
  cropping,
  upsampling,
  resize,
  channelShuffle,
  dense,
  head,
  regressionHead,
]

const byType = new Map(layers.map((layer) => [layer.type, layer]))

/** The layer of a type, if there is one. */
export function layerOf(type: string): Layer | undefined {
  return byType.get(type)
}
