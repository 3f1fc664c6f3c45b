import type { FlatNode, NodeFacts } from '../../../shared/graph/graph.js'
import { kerasLayers, type KerasCall } from '../../../shared/layers/define.js'
import type { Shape } from '../../../shared/layers/shapes.js'
import type { NetPart } from '../part.js'
import { composed } from './composed.js'
import { filledCall } from './kernel.js'
import { positiveIds } from './positive.js'
import { rangeParts } from './range.js'
import type { SpelledLayer } from './spelled-layer.js'

/** Layers of Keras that TensorFlow.js has under the same name, of those our layers are spelled with. */
const CLASSES = new Set([
  'Activation',
  'Add',
  'Average',
  'AveragePooling2D',
  'BatchNormalization',
  'CenterCrop',
  'Concatenate',
  'Conv2D',
  'Conv2DTranspose',
  'Cropping2D',
  'Dense',
  'DepthwiseConv2D',
  'Dropout',
  'ELU',
  'Flatten',
  'GaussianNoise',
  'GlobalAveragePooling2D',
  'GlobalMaxPooling2D',
  'LayerNormalization',
  'LeakyReLU',
  'MaxPooling2D',
  'Maximum',
  'PReLU',
  'Permute',
  'Multiply',
  'ReLU',
  'Rescaling',
  'Reshape',
  'SeparableConv2D',
  'Softmax',
  'UpSampling2D',
  'ZeroPadding2D',
])

/** A layer of the written model, with an id of its own. */
export interface Link extends SpelledLayer {
  readonly id: string
}

/** Layers that only move values; where a node needs several layers, none of these is the one with its weights. */
const MOVES = new Set(['Cropping2D', 'Permute', 'Reshape', 'ZeroPadding2D'])

const known = new WeakMap<NetPart, ReadonlyMap<string, readonly Link[]>>()

/** The layers that each node stands for, of the input those behind it; the one that has its weights bears its id. None where there are no equal ones. */
export function linksOf(part: NetPart): ReadonlyMap<string, readonly Link[]> {
  const existing = known.get(part)
  if (existing) return existing
  const positive = positiveIds(part.nodes)
  const links = new Map(
    part.nodes.flatMap((node): [string, readonly Link[]][] => {
      if (node.id !== part.input.id) return [[node.id, named(node.id, partsOf(node, part, positive))]]
      const range = rangeParts(node, part.input.shape)
      return range.length > 0 ? [[node.id, range.map((one) => ({ ...one, id: `${node.id}/range` }))]] : []
    }),
  )
  known.set(part, links)
  return links
}

function named(id: string, parts: readonly SpelledLayer[]): readonly Link[] {
  const own = parts.findLastIndex(({ call: [className] }) => !MOVES.has(className))
  return parts.map((one, i) => ({ ...one, id: i === Math.max(own, 0) ? id : `${id}/part${i}` }))
}

function partsOf(node: FlatNode, { facts }: NetPart, positive: ReadonlySet<string>): readonly SpelledLayer[] {
  const { inputs, output } = facts[node.id] as NodeFacts
  const isPositive = node.inputs.every((from) => positive.has(from))
  const made = composed(node, { inputs, ...(output && { output }), isPositive })
  if (made) return made
  const spelling = node.layer.keras(node.params, inputs)
  const calls = spelling ? kerasLayers(spelling).map((call) => filledCall(node, tfjsCall(call, inputs))) : []
  return calls.some(isUnknown) ? [] : calls.map((call) => ({ call }))
}

/**
 * Keras 3's words in those of TensorFlow.js, which follows Keras 2, has no Flatten for what is flat already, and drops
 * channels by the noise shape of Dropout.
 */
function tfjsCall([className, config]: KerasCall, inputs: readonly Shape[]): KerasCall {
  if (className === 'Flatten' && inputs[0]?.length === 1) return ['Activation', { activation: 'linear' }]
  if (className === 'AdaptiveAveragePooling2D')
    return windowsOf(config['output_size'] as readonly number[], inputs[0] ?? [])
  if (className === 'RandomFlip') return ['Activation', { activation: 'linear' }]
  if (className === 'SpatialDropout2D') return ['Dropout', { ...config, noise_shape: [null, 1, 1, null] }]
  if (className === 'LeakyReLU') return [className, { alpha: config['negative_slope'] }]
  if (className === 'Activation' && config['activation'] === 'silu') return [className, { activation: 'swish' }]
  return [className, config]
}

/** Adaptive average pooling as a plain one, where the windows come out even. */
function windowsOf(size: readonly number[], x: Shape): KerasCall {
  const kernel = size.map((count, side) => (x[side] ?? NaN) / count)
  if (!kernel.every(Number.isInteger)) return ['AdaptiveAveragePooling2D', { output_size: size }]
  return ['AveragePooling2D', { pool_size: kernel, strides: kernel, padding: 'valid' }]
}

/** Classes that are not there, and bilinear upsampling, which has other centres of pixels there. */
function isUnknown([className, config]: KerasCall): boolean {
  return !CLASSES.has(className) || (className === 'UpSampling2D' && config['interpolation'] === 'bilinear')
}
