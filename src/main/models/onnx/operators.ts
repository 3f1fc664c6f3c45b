import { AppError } from '../../../shared/errors.js'
import type { FlatNode } from '../../../shared/graph/graph.js'
import { activation, gelu, layerScale, mish, prelu, relu6, scale, swish } from './activations.js'
import { only, type Emitter } from './builder.js'
import { convolution, depthwise, separable, transposedConvolution } from './convolution.js'
import { dense, flatten } from './dense.js'
import { add, average, concat, maximum, multiply, padChannels, subtract } from './merging.js'
import { groupNorm, instanceNorm, layerNorm } from './group-norms.js'
import { batchNorm, localResponseNorm } from './normalization.js'
import { averagePool, globalPool, maxPool } from './pooling.js'
import {
  adaptiveAveragePool,
  centreCrop,
  channelShuffle,
  cropping,
  permute,
  reshape,
  resize,
  upsampling,
  zeroPadding,
} from './shaping.js'

const sigmoid = activation('Sigmoid')
const classShares = activation('Softmax', () => ({ axis: { int: -1 } }))

/** How each layer is written in ONNX; the input itself is written by the model around it. */
const EMITTERS: Readonly<Record<string, Emitter>> = {
  conv2d: convolution,
  depthwise_conv2d: depthwise,
  separable_conv2d: separable,
  transposed_conv2d: transposedConvolution,
  max_pool: maxPool,
  average_pool: averagePool,
  adaptive_average_pool: adaptiveAveragePool,
  global_average_pool: globalPool('GlobalAveragePool'),
  global_max_pool: globalPool('GlobalMaxPool'),
  batch_norm: batchNorm,
  layer_norm: layerNorm,
  group_norm: groupNorm,
  instance_norm: instanceNorm,
  lrn: localResponseNorm,
  scale,
  layer_scale: layerScale,
  relu: activation('Relu'),
  relu6,
  leaky_relu: activation('LeakyRelu', ({ node }) => ({ alpha: { float: node.params['slope'] as number } })),
  elu: activation('Elu'),
  selu: activation('Selu'),
  swish,
  gelu,
  mish,
  softplus: activation('Softplus'),
  hard_swish: activation('HardSwish'),
  hard_sigmoid: activation('HardSigmoid', () => ({ alpha: { float: 1 / 6 }, beta: { float: 0.5 } })),
  prelu,
  sigmoid,
  tanh: activation('Tanh'),
  softmax: activation('Softmax', () => ({ axis: { int: 1 } })),
  concat,
  add,
  subtract,
  multiply,
  average,
  maximum,
  pad_channels: padChannels,
  flatten,
  reshape,
  permute,
  random_crop: centreCrop,
  zero_padding: zeroPadding,
  cropping,
  upsampling,
  resize,
  channel_shuffle: channelShuffle,
  dense,
  head: (list, call) => (call.node.params['kind'] === 'sigmoid' ? sigmoid(list, call) : classShares(list, call)),
  regression_head: activation('Identity'),
}

const passOn: Emitter = (_list, call) => only(call)

/** The emitter of a node's layer; `export/unsupported` names the node if ONNX has no word for it yet. */
export function emitterOf({ id, layer }: FlatNode): Emitter {
  const emitter = layer.trainingOnly ? passOn : EMITTERS[layer.type]
  if (emitter) return emitter
  throw new AppError(
    'export/unsupported',
    `${id} is a ${layer.title} layer, which cannot be written to ONNX.`,
    'Replace the layer, or export in another format.',
  )
}
