import type { DocumentNode, Wire } from '../../../src/shared/document/document.js'
import { emptyDocument, type Document } from '../../../src/shared/document/document.js'
import type { Analysis } from '../../../src/shared/graph/graph.js'
import type { Layer, LayerExample } from '../../../src/shared/layers/define.js'
import { defaultsOf, type Fields } from '../../../src/shared/layers/fields.js'
import { layerOf, layers } from '../../../src/shared/layers/index.js'
import type { Shape } from '../../../src/shared/layers/shapes.js'
import { normal, uniform } from '../../../src/shared/random.js'
import type { HostTensor, TensorMap } from '../../../src/main/engine/executor.js'

type Params = Readonly<Record<string, unknown>>
type Entry = readonly [id: string, type: string, params: Params, ...inputs: string[]]

/** A document of layers: `['conv', 'conv2d', { filters: 8 }, 'image']`; parameters that are left out take their defaults. */
export function net(...entries: readonly Entry[]): Document {
  const nodes: Record<string, DocumentNode> = {}
  const wires: Wire[] = []
  for (const [id, type, params, ...inputs] of entries) {
    const defaults = defaultsOf((layerOf(type)?.params ?? {}) as Fields)
    nodes[id] = { type, params: { ...defaults, ...params }, at: [0, 0] }
    inputs.forEach((from, input) => wires.push({ from, to: id, input }))
  }
  return { ...emptyDocument('net'), nodes, wires }
}

/** Every layer with each of its examples, apart from the input, which every net has anyway. */
export function layerExamples(): readonly { readonly layer: Layer; readonly example: LayerExample<Params> }[] {
  return layers
    .filter((layer) => layer.inputs !== 'none')
    .flatMap((layer) => layer.examples.map((example) => ({ layer, example: example as LayerExample<Params> })))
}

/** A net around one example: an input, a layer that makes each of the example's inputs, the layer itself, a vector, a head. */
export function netAround(layer: Layer, example: LayerExample<Params>): Document {
  const first = example.inputs[0] as Shape
  const [height, width] = first.length === 3 ? first : [3, 4]
  const entries: Entry[] = [['image', 'input', { height, width, channels: 2 }]]
  example.inputs.forEach((shape, i) => {
    if (shape.length === 3) entries.push([`in${i}`, 'conv2d', { filters: shape[2], kernel: [1, 1] }, 'image'])
    else {
      entries.push([`gap${i}`, 'global_average_pool', {}, 'image'])
      entries.push([`in${i}`, 'dense', { units: shape[0] }, `gap${i}`])
    }
  })
  entries.push(['layer', layer.type, example.params ?? {}, ...example.inputs.map((_, i) => `in${i}`)])
  if (layer.head) return net(...entries)
  const output = layer.infer({ ...defaultsOf(layer.params as Fields), ...example.params }, example.inputs)
  const vector = (output as Shape).includes(null) ? 'global_average_pool' : 'flatten'
  entries.push(['vector', vector, {}, 'layer'], ['head', 'head', {}, 'vector'])
  return net(...entries)
}

/**
 * Weights that no exporter can mix up unseen: nothing is zero or one, statistics look like those of a trained net, and dense
 * kernels are small, since a saturated softmax would hide every difference before it.
 */
export function randomWeights(analysis: Analysis, seed = 1): TensorMap {
  const weights = new Map<string, HostTensor>()
  for (const { id } of analysis.graph.nodes) {
    for (const [name, { shape }] of Object.entries(analysis.nodes[id]?.weights ?? {})) {
      const size = shape.reduce((n, s) => n * s, 1)
      const fanIn = size / (shape[shape.length - 1] as number)
      const key = weights.size
      const value = (i: number) => {
        if (name.endsWith('kernel')) return normal(seed, key, i) * Math.sqrt((shape.length === 2 ? 0.05 : 2) / fanIn)
        if (name === 'gamma' || name === 'moving_variance') return 0.5 + uniform(seed, key, i)
        return 0.3 * normal(seed, key, i)
      }
      weights.set(`${id}/${name}`, { shape, data: Float32Array.from({ length: size }, (_, i) => value(i)) })
    }
  }
  return weights
}
