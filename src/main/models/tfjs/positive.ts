import type { FlatNode } from '../../../shared/graph/graph.js'

/** Layers none of whose values is below 0. */
const POSITIVE = new Set(['relu', 'relu6', 'sigmoid', 'hard_sigmoid', 'softplus', 'softmax'])

/** Layers that make no value below 0 of values that are none. */
const KEEPING = new Set([
  'add',
  'adaptive_average_pool',
  'average',
  'average_pool',
  'channel_shuffle',
  'concat',
  'cropping',
  'dropout',
  'flatten',
  'global_average_pool',
  'global_max_pool',
  'max_pool',
  'maximum',
  'multiply',
  'pad_channels',
  'permute',
  'reshape',
  'resize',
  'spatial_dropout',
  'stochastic_depth',
  'upsampling',
  'zero_padding',
])

/** Ids of layers whose values are never below 0, of nodes in computing order. */
export function positiveIds(nodes: readonly FlatNode[]): ReadonlySet<string> {
  const positive = new Set<string>()
  for (const { id, layer, inputs } of nodes) {
    const keeps = KEEPING.has(layer.type) && inputs.every((from) => positive.has(from))
    if (keeps || POSITIVE.has(layer.type)) positive.add(id)
  }
  return positive
}
