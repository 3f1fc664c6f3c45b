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
  'Concatenate',
  'Conv2D',
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
  'Multiply',
  'ReLU',
  'Rescaling',
  'SeparableConv2D',
  'Softmax',
  'ZeroPadding2D',
])

/** The topology of a functional model in Keras 2's JSON; heads in head order. `export/unsupported` names every layer that has no equal. */
export function topologyOf(part: NetPart, names: ReadonlyMap<string, string>) {
  refuseUnknown(part)
  const nameOf = (id: string) => names.get(id) as string
  return {
    class_name: 'Model',
    config: {
      name: 'netwright',
      layers: part.nodes.flatMap((node) =>
        node.id === part.input.id ? [inputLayer(nameOf(node.id), part)] : layersOf(node, part, nameOf),
      ),
      input_layers: [[nameOf(part.input.id), 0, 0]],
      output_layers: part.heads.map((id) => [nameOf(id), 0, 0]),
    },
    keras_version: '2.15.0',
    backend: 'tensor_flow.js',
  }
}

/** The layers of a node, one behind the other; the last bears its name, and its weights. */
function layersOf(node: FlatNode, part: NetPart, nameOf: (id: string) => string): readonly TfjsLayer[] {
  const spelled = kerasOf(node, part)
  let feeds = node.inputs
  return spelled.map(([className, config], i) => {
    const id = i === spelled.length - 1 ? node.id : beforeOf(node.id, i)
    const inbound = [feeds.map((from): Inbound => [nameOf(from), 0, 0, {}])]
    feeds = [id]
    const common = { name: nameOf(id), trainable: true, dtype: 'float32' }
    return { class_name: className, name: nameOf(id), config: { ...common, ...config }, inbound_nodes: inbound }
  })
}

/** Id of a further layer that a node needs in front of its own. */
function beforeOf(id: string, index: number): string {
  return `${id}/before${index}`
}

/** Ids of all layers of a net in TensorFlow.js: its nodes', and those that some need in front. */
export function layerIds(part: NetPart): readonly string[] {
  return part.nodes.flatMap((node) => {
    const more = node.id === part.input.id ? [] : kerasOf(node, part).slice(1)
    return [node.id, ...more.map((_, i) => beforeOf(node.id, i))]
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
  if (className === 'SpatialDropout2D') return ['Dropout', { ...config, noise_shape: [null, 1, 1, null] }]
  if (className === 'LeakyReLU') return [className, { alpha: config['negative_slope'] }]
  if (className === 'Activation' && config['activation'] === 'silu') return [className, { activation: 'swish' }]
  return [className, config]
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
 * depthwise convolutions, whose dilation its layer leaves out, and hard activations, whose slope is that of Keras 2.
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
  const isHard = className === 'Activation' && String(config['activation']).startsWith('hard_')
  return isHard || !CLASSES.has(className) || config['groups'] !== undefined || (isDilated && refusesDilation)
}
