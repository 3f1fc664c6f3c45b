import { AppError } from '../../../shared/errors.js'
import type { FlatNode, NodeFacts } from '../../../shared/graph/graph.js'
import { kerasLayers, type KerasCall } from '../../../shared/layers/define.js'
import type { Shape } from '../../../shared/layers/shapes.js'
import type { NetPart } from '../part.js'

/** A reference to the one output of a layer, as Keras 2 writes it: name, node index, tensor index, call arguments. */
type Inbound = readonly [layer: string, node: 0, tensor: 0, call: Readonly<Record<string, never>>]

export interface TfjsLayer {
  readonly class_name: string
  readonly name: string
  readonly config: Readonly<Record<string, unknown>>
  readonly inbound_nodes: readonly (readonly Inbound[])[]
}

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

/** The topology of a functional model in Keras 2's JSON; heads in head order. `export/unsupported` names every layer that has no equal. */
export function topologyOf(part: NetPart, names: ReadonlyMap<string, string>) {
  refuseUnknown(part)
  const nameOf = (id: string) => names.get(id) as string
  const chains = new Map(part.nodes.map((node) => [node.id, chainOf(node, part)]))
  const endOf = (id: string) => nameOf(chains.get(id)?.at(-1)?.id ?? id)
  return {
    class_name: 'Model',
    config: {
      name: 'netwright',
      layers: part.nodes.flatMap(({ id, inputs }) =>
        id === part.input.id
          ? [inputLayer(nameOf(id), part)]
          : inRow(chains.get(id) as readonly Link[], inputs.map(endOf), nameOf),
      ),
      input_layers: [[nameOf(part.input.id), 0, 0]],
      output_layers: part.heads.map((id) => [endOf(id), 0, 0]),
    },
    keras_version: '2.15.0',
    backend: 'tensor_flow.js',
  }
}

/** One of the layers that a node stands for, with an id of its own. */
interface Link {
  readonly id: string
  readonly call: KerasCall
}

/** Layers that only move values; where a node needs several layers, none of these is the one with its weights. */
const MOVES = new Set(['Cropping2D', 'Permute', 'Reshape', 'ZeroPadding2D'])

/** The layers that a node stands for, one behind the other; the one that has its weights bears its id. */
function chainOf(node: FlatNode, part: NetPart): readonly Link[] {
  const calls = node.id === part.input.id ? [] : kerasOf(node, part)
  const own = calls.findLastIndex(([className]) => !MOVES.has(className))
  return calls.map((call, i) => ({ id: i === Math.max(own, 0) ? node.id : `${node.id}/part${i}`, call }))
}

/** Ids of all layers of a net in TensorFlow.js: its nodes', and those that some of them need besides. */
export function layerIds(part: NetPart): readonly string[] {
  return part.nodes.flatMap((node) => [...new Set([node.id, ...chainOf(node, part).map(({ id }) => id)])])
}

function inRow(chain: readonly Link[], inputs: readonly string[], nameOf: (id: string) => string): TfjsLayer[] {
  return chain.map(({ id, call: [className, config] }, i) => {
    const from = i === 0 ? inputs : [nameOf((chain[i - 1] as Link).id)]
    return {
      class_name: className,
      name: nameOf(id),
      config: { name: nameOf(id), trainable: true, dtype: 'float32', ...config },
      inbound_nodes: [from.map((name): Inbound => [name, 0, 0, {}])],
    }
  })
}

/** Layer names for node ids: `/` of a node inside a block becomes `_`, made unique by a number where that name is taken. */
export function layerNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const names = new Map(ids.filter((id) => !id.includes('/')).map((id) => [id, id]))
  const taken = new Set(names.values())
  for (const id of ids.filter((id) => id.includes('/'))) {
    const base = id.replaceAll('/', '_')
    let name = base
    for (let n = 1; taken.has(name); n++) name = `${base}_${n}`
    taken.add(name)
    names.set(id, name)
  }
  return names
}

function inputLayer(name: string, { input }: NetPart): TfjsLayer {
  const config = { name, batch_input_shape: [null, ...input.shape], dtype: 'float32', sparse: false }
  return { class_name: 'InputLayer', name, config, inbound_nodes: [] }
}

/**
 * Keras 3's words in those of TensorFlow.js, which follows Keras 2, has no Flatten for what is flat already, and drops
 * channels by the noise shape of Dropout.
 */
function tfjsSpelling([className, config]: KerasCall, inputs: readonly Shape[]): KerasCall {
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

/** Layers of TensorFlow.js that a node stands for; none where there are no equal ones. */
function kerasOf({ id, layer, params }: FlatNode, { facts }: NetPart): readonly KerasCall[] {
  const { inputs } = facts[id] as NodeFacts
  const spelling = layer.keras(params, inputs)
  return spelling ? kerasLayers(spelling).map((call) => tfjsSpelling(call, inputs)) : []
}

function refuseUnknown(part: NetPart) {
  const unknown = unknownNodes(part)
  if (unknown.length === 0) return
  const list = unknown.map((node) => `${node.id} (${node.layer.title})`).join(', ')
  throw new AppError(
    'export/unsupported',
    `TensorFlow.js has no layer for ${list}.`,
    'Export as ONNX, which has it, or take the layer out.',
  )
}

/**
 * Nodes of a net that TensorFlow.js has no equal for: unknown classes, groups, strides together with dilations, dilated
 * depthwise convolutions, whose dilation its layer leaves out, bilinear upsampling, which has other centres of pixels there, and
 * hard activations, whose slope is that of Keras 2.
 */
export function unknownNodes(part: NetPart): readonly FlatNode[] {
  return part.nodes.filter((node) => {
    if (node.id === part.input.id) return false
    const spelled = kerasOf(node, part)
    return spelled.length === 0 || spelled.some(isUnknown)
  })
}

function isUnknown([className, config]: KerasCall): boolean {
  const isDilated = config['dilation_rate'] !== undefined
  const refusesDilation = className === 'DepthwiseConv2D' || String(config['strides']) !== '1,1'
  const mixes = className === 'UpSampling2D' && config['interpolation'] === 'bilinear'
  const isHard = className === 'Activation' && String(config['activation']).startsWith('hard_')
  return isHard || mixes || !CLASSES.has(className) || config['groups'] !== undefined || (isDilated && refusesDilation)
}
