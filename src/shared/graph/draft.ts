import { blockOf } from '../blocks/index.js'
import type { Block, BlockBuilder, Port } from '../blocks/define.js'
import { LIMITS } from '../limits.js'
import type { Layer } from '../layers/define.js'
import { readField, type Fields } from '../layers/fields.js'
import { layerOf } from '../layers/index.js'
import { isMisfit, type Misfit, type Shape } from '../layers/shapes.js'
import type { FlatNode } from './graph.js'

/** A flat graph while it is being built, front to back, with the shapes known so far. */
export interface Draft {
  readonly nodes: FlatNode[]
  readonly shapes: Map<string, Shape>
  readonly misfits: Map<string, Misfit>
  /** Shape to use instead of what the input node says. */
  readonly input: Shape | undefined
}

/** Where a layer or block goes: its path, the document's node, and what feeds it (`undefined`: nothing does). */
export interface Place {
  readonly id: string
  readonly origin: string
  readonly params: Readonly<Record<string, unknown>>
  readonly inputs: readonly (Port | undefined)[]
}

/** Add one layer with complete parameters; returns its path. Infers its shape if all inputs are known. */
export function addLayer(draft: Draft, layer: Layer, place: Place): Port {
  const { id, origin, params } = place
  const inputs = place.inputs.filter((port) => port !== undefined)
  draft.nodes.push({ id, origin, layer, params, inputs })
  const shapes = place.inputs.map((port) => (port === undefined ? undefined : draft.shapes.get(port)))
  const made = madeBy(layer, params, shapes, draft.input)
  if (made === undefined) return id
  if (isMisfit(made)) draft.misfits.set(id, made)
  else draft.shapes.set(id, made)
  return id
}

/**
 * What a layer makes of its inputs: a shape, or why it makes none; `undefined` while an input is missing or not known.
 * `image` is the size to take instead of what an input says.
 */
export function madeBy(
  layer: Layer,
  params: Place['params'],
  shapes: readonly (Shape | undefined)[],
  image?: Shape,
): Shape | Misfit | undefined {
  const count = layer.inputs === 'none' ? 0 : layer.inputs === 'one' ? 1 : Math.max(shapes.length, 2)
  if (shapes.length !== count || shapes.includes(undefined)) return undefined
  if (layer.type !== 'input' || !image) return layer.infer(params, shapes as readonly Shape[])
  const [height, width, channels] = image
  return layer.infer({ ...params, height, width, channels }, [])
}

/** Add the inside of a block with complete parameters; returns the path of the layer that makes its output. */
export function addBlock(draft: Draft, block: Block, place: Place, depth = 1): Port {
  // The inside of a block that nothing feeds is built all the same: its wires from outside lead from nowhere.
  const entry = place.inputs[0] ?? ''
  const builder: BlockBuilder = {
    add: (name, type, params, ...ports) => {
      const inputs = ports.map((port) => (port === '' ? undefined : port))
      return addInner(draft, type, { id: pathIn(place.id, name), origin: place.origin, params, inputs }, depth)
    },
    shape: (port) => draft.shapes.get(port),
    fits: (a, b) => {
      const [one, other] = [draft.shapes.get(a), draft.shapes.get(b)]
      return one !== undefined && one.length === other?.length && one.every((size, side) => size === other[side])
    },
  }
  return block.expand(place.params, builder, entry)
}

/**
 * Path of a layer in a block. It comes back as the key of an object, which the engine holds only once: such texts are found
 * in records many times faster than texts just put together.
 */
function pathIn(block: string, name: string): string {
  return Object.keys({ [`${block}/${name}`]: true })[0]!
}

function addInner(draft: Draft, type: string, place: Place, depth: number): Port {
  const layer = layerOf(type)
  if (layer) return addLayer(draft, layer, { ...place, params: complete(type, place.params, layer.params) })
  const block = blockOf(type)
  if (!block) throw new Error(`A block uses ${type}, which is neither a layer nor a block.`)
  if (depth >= LIMITS.nesting) throw new Error(`Blocks are nested deeper than ${LIMITS.nesting}.`)
  return addBlock(draft, block, { ...place, params: complete(type, place.params, block.params) }, depth + 1)
}

/** Defaults around the values that a block gives; a wrong value is a bug of the block. */
function complete(type: string, given: Readonly<Record<string, unknown>>, fields: Fields) {
  const values: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(fields)) {
    const read = readField(field, given[name])
    if ('problem' in read) throw new Error(`A block sets ${name} of ${type} wrongly: ${read.problem}.`)
    values[name] = read.value
  }
  return values
}
