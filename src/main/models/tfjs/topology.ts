import { AppError } from '../../../shared/errors.js'
import type { FlatNode } from '../../../shared/graph/graph.js'
import type { NetPart } from '../part.js'
import { linksOf, type Link } from './spelling.js'

/** A reference to the one output of a layer, as Keras 2 writes it: name, node index, tensor index, call arguments. */
type Inbound = readonly [layer: string, node: 0, tensor: 0, call: Readonly<Record<string, never>>]

export interface TfjsLayer {
  readonly class_name: string
  readonly name: string
  readonly config: Readonly<Record<string, unknown>>
  readonly inbound_nodes: readonly (readonly Inbound[])[]
}

/** The topology of a functional model in Keras 2's JSON; heads in head order. `export/unsupported` names every layer that has no equal. */
export function topologyOf(part: NetPart, names: ReadonlyMap<string, string>) {
  refuseUnknown(part)
  const links = linksOf(part)
  const nameOf = (id: string) => names.get(id) as string
  const endOf = (id: string) => nameOf(links.get(id)?.at(-1)?.id ?? id)
  return {
    class_name: 'Model',
    config: {
      name: 'netwright',
      layers: part.nodes.flatMap(({ id, inputs }) =>
        id === part.input.id
          ? [inputLayer(nameOf(id), part), ...written(links.get(id) ?? [], [nameOf(id)], nameOf)]
          : written(links.get(id) as readonly Link[], inputs.map(endOf), nameOf),
      ),
      input_layers: [[nameOf(part.input.id), 0, 0]],
      output_layers: part.heads.map((id) => [endOf(id), 0, 0]),
    },
    keras_version: '2.15.0',
    backend: 'tensor_flow.js',
  }
}

/** Ids of all layers of a net in TensorFlow.js: its nodes', and those that some of them need besides. */
export function layerIds(part: NetPart): readonly string[] {
  const links = linksOf(part)
  return part.nodes.flatMap(({ id }) => [...new Set([id, ...(links.get(id) ?? []).map((link) => link.id)])])
}

function written(links: readonly Link[], inputs: readonly string[], nameOf: (id: string) => string): TfjsLayer[] {
  const sourceOf = (place: number) => (place < 0 ? inputs[-1 - place] : nameOf((links[place] as Link).id)) as string
  return links.map(({ id, call: [className, config], from }, i) => {
    const sources = from?.map(sourceOf) ?? (i === 0 ? inputs : [sourceOf(i - 1)])
    return {
      class_name: className,
      name: nameOf(id),
      config: { name: nameOf(id), trainable: true, dtype: 'float32', ...config },
      inbound_nodes: [sources.map((name): Inbound => [name, 0, 0, {}])],
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
 * Nodes of a net that neither a layer nor several layers of TensorFlow.js compute: local response normalisation, norms of groups,
 * maxima of windows over the border where values may be below 0, and what is mixed along sides whose size is open.
 */
export function unknownNodes(part: NetPart): readonly FlatNode[] {
  const links = linksOf(part)
  return part.nodes.filter(({ id }) => links.get(id)?.length === 0)
}
