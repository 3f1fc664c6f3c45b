import type { Analysis, NodeFacts } from '../graph/graph.js'
import type { Layer } from '../layers/define.js'
import { sizeOf } from '../layers/shapes.js'
import { memoryRulesOf, needOf, type MemoryNeed } from '../training/memory-need.js'
import type { DeviceName, OptimizerName } from '../training/settings.js'
import { optimizerOf } from './optimizers.js'

/** What decides how many bytes a training step needs, besides the net. */
export interface MemorySettings {
  readonly optimizer: OptimizerName
  /** Images of an update. */
  readonly batch: number
  /** Parts that the batch is computed in, one after the other; 1 if left out. */
  readonly microBatches?: number
  /** Above 0: averages of the weights are kept. */
  readonly averageDecay?: number
  /** Bytes of one value: 4 in single, 2 in half precision. */
  readonly bytesPerValue?: 2 | 4
}

/** Bytes that training needs, by what they are for. */
export interface Memory {
  readonly weights: number
  readonly gradients: number
  /** What the optimizer remembers of each weight, averages and sums over the parts of a batch. */
  readonly slots: number
  /** Values of layers that the way back needs again: an estimate, runtimes keep more or less. */
  readonly activations: number
  readonly total: number
}

/**
 * Bytes of a training step: weights, gradients and slots exactly, activations as those that the gradients read again
 * (convolutions and dense layers read their inputs, activations their outputs). `undefined` while a size is open, and of a
 * net with errors, which is not known in full.
 */
export function memoryOf(analysis: Analysis, settings: MemorySettings): Memory | undefined {
  const { optimizer, batch, microBatches = 1, averageDecay = 0, bytesPerValue: bytes = 4 } = settings
  const kept = keptValues(analysis)
  if (kept === undefined || analysis.issues.some(({ severity }) => severity === 'error')) return undefined
  const { total, trainable } = analysis.parameters
  const { perWeight, shared } = optimizerOf(optimizer).slots
  const weights = total * bytes
  const gradients = trainable * bytes
  const [averaged, summed] = [Number(averageDecay > 0), Number(microBatches > 1)]
  const slots = (trainable * (perWeight.length + averaged + summed) + shared.length + averaged) * bytes
  const activations = kept * Math.ceil(batch / microBatches) * bytes
  return { weights, gradients, slots, activations, total: weights + gradients + slots + activations }
}

/** Kernels of a training step for each layer, about: of forward, backward and update. */
const KERNELS_PER_LAYER = 7.4

/**
 * What training takes on a device, from the analysis alone: at once, at every edit. Gradients live until their update, and the
 * rest is `memoryOf`. `undefined` where that is.
 */
export function quickNeed(analysis: Analysis, device: DeviceName, settings: MemorySettings): MemoryNeed | undefined {
  const memory = memoryOf(analysis, settings)
  if (!memory) return undefined
  const { weights, gradients, slots, activations } = memory
  return needOf('estimated', device, {
    state: (weights + slots) * memoryRulesOf(device).buffers,
    values: activations + gradients,
    kernels: KERNELS_PER_LAYER * analysis.graph.nodes.length,
    perImage: activations / Math.ceil(settings.batch / (settings.microBatches ?? 1)),
  })
}

/** What a layer's gradient reads again. */
type Keeps = 'input' | 'output' | 'both' | 'nothing'

/** Layers that keep something else than the rest of their family. */
const BY_TYPE: Readonly<Record<string, Keeps>> = {
  scale: 'nothing',
  gaussian_noise: 'nothing',
  stochastic_depth: 'nothing',
  spatial_dropout: 'nothing',
  // The mask is as large as the output.
  dropout: 'output',
  max_pool: 'both',
  global_max_pool: 'input',
  multiply: 'input',
  maximum: 'input',
  // Probabilities.
  head: 'output',
}

function keepsOf({ type, family, multiplyAdds }: Layer): Keeps {
  const own = BY_TYPE[type]
  if (own) return own
  if (family === 'act') return 'output'
  // Layers that only move values, such as padding and reshaping, keep none.
  return multiplyAdds || family === 'norm' ? 'input' : 'nothing'
}

/** Values that the way back reads again, for one image; `undefined` while one of them is of open size. */
function keptValues({ graph, nodes }: Analysis): number | undefined {
  const kept = new Set<string>()
  const needed = new Set<string>()
  for (const { id, layer, inputs } of graph.nodes.toReversed()) {
    if (layer.family === 'head') needed.add(id)
    if (!needed.has(id)) continue
    for (const path of inputs) needed.add(path)
    const keeps = keepsOf(layer)
    if (keeps === 'output' || keeps === 'both') kept.add(id)
    if (keeps === 'input' || keeps === 'both') for (const path of inputs) kept.add(path)
  }
  let values = 0
  for (const path of kept) {
    const size = sizeOf(nodes[path]?.output ?? [])
    if (size === undefined) return undefined
    values += size
  }
  return values
}

/**
 * Arithmetic intensity going forward: operations (two for a multiply-add) for each byte of inputs, outputs and weights that
 * the layers move one after the other, single precision. Low numbers are bound by memory, high ones by arithmetic
 * (Williams et al. 2009). `undefined` while a size is open, and where nothing is multiplied.
 */
export function intensityOf(layers: readonly NodeFacts[], batch: number): number | undefined {
  let [moved, work] = [0, 0]
  for (const { inputs, output, parameters, multiplyAdds } of layers) {
    for (const shape of output ? [...inputs, output] : inputs) moved += (sizeOf(shape) ?? NaN) * batch
    moved += parameters
    work += multiplyAdds * batch
  }
  return work > 0 && moved > 0 ? (2 * work) / (4 * moved) : undefined
}
