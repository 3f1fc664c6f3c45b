import type { NodeFacts } from '../../shared/graph/graph.js'
import type { TensorMap } from '../engine/executor.js'
import { pixelsOf, type NetPart } from './part.js'
import { layerWeight } from './tfjs/layer-weight.js'
import { linksOf } from './tfjs/spelling.js'
import { shardBytes, shardNames } from './tfjs/shards.js'
import { layerIds, layerNames, topologyOf } from './tfjs/topology.js'
import { weightOf } from './weight.js'

/** One file of the folder that a TensorFlow.js model is. */
export interface ModelFile {
  readonly name: string
  readonly bytes: Uint8Array
}

/**
 * A TensorFlow.js LayersModel: `model.json` and weight shards of at most 4 MB. Input NHWC, one output of probabilities per
 * head, in head order; layers carry the ids of our nodes (`block/conv` is `block_conv`). Dropout stays: it does nothing in
 * `predict`, and training can go on from the file. `export/unsupported` for layers that TensorFlow.js does not have.
 */
export function* tfjsFiles(part: NetPart, weights: TensorMap): Generator<ModelFile> {
  const names = layerNames(layerIds(part))
  const modelTopology = topologyOf(part, names)
  const entries = weightEntries(part, weights, names)
  const paths = shardNames(entries.reduce((sum, { tensor }) => sum + tensor.data.byteLength, 0))
  const manifest = entries.map(({ name, tensor }) => ({ name, shape: tensor.shape, dtype: 'float32' }))
  const model = {
    format: 'layers-model',
    generatedBy: 'Netwright',
    convertedBy: null,
    userDefinedMetadata: pixelsOf(part),
    modelTopology,
    weightsManifest: [{ paths, weights: manifest }],
  }
  yield { name: 'model.json', bytes: Buffer.from(JSON.stringify(model)) }
  let index = 0
  for (const bytes of shardBytes(entries.map((entry) => entry.tensor))) {
    yield { name: paths[index++] as string, bytes }
  }
}

/** The part's weights in layer order, under the names and in the shapes that TensorFlow.js looks for. */
function weightEntries(part: NetPart, weights: TensorMap, names: ReadonlyMap<string, string>) {
  const links = linksOf(part)
  return part.nodes.flatMap((node) => {
    const fixed = (links.get(node.id) ?? []).flatMap(({ id, fixed = {} }) =>
      Object.entries(fixed).map(([name, tensor]) => ({ name: `${names.get(id)}/${name}`, tensor })),
    )
    const facts = part.facts[node.id] as NodeFacts
    const learned = Object.entries(facts.weights).map(([weight, { shape }]) => {
      const { name, tensor } = layerWeight(node, facts, weight, weightOf(weights, `${node.id}/${weight}`, shape))
      return { name: `${names.get(node.id)}/${name}`, tensor }
    })
    return [...learned, ...fixed]
  })
}
