import type { Block, Port } from '../blocks/define.js'
import type { NodeId } from '../document/document.js'
import type { Issue } from '../errors.js'
import type { Shape } from '../layers/shapes.js'
import type { OwnBlock } from './own-block.js'
import type { Part } from './part.js'

/** What feeds a block, by input number, and the shapes there, where they are known. */
interface Fed {
  readonly inputs: readonly (Port | undefined)[]
  readonly shapes: readonly (Shape | undefined)[]
}

/** Parts of a block under no name, by the parameters and shapes that they were made for. */
const known = new WeakMap<Block | OwnBlock, Map<string, Part>>()
const KEPT = 32

/**
 * The part that `make` makes of a block under no name: one for all uses with equal parameters and shapes, whose layers differ
 * in their names alone. `make` is told what feeds it, under names of its own.
 */
export function alikePart(
  kind: Block | OwnBlock,
  values: Readonly<Record<string, unknown>>,
  { inputs, shapes }: Fed,
  make: (fed: Fed) => Part,
): Part {
  const parts = known.get(kind) ?? new Map<string, Part>()
  const ports = inputs.map((port, input) => (port === undefined ? undefined : standIn(input)))
  const key = JSON.stringify([values, shapes, ports])
  const existing = parts.get(key)
  if (existing) return existing
  const part = make({ inputs: ports, shapes })
  if (parts.size >= KEPT) parts.clear()
  known.set(kind, parts.set(key, part))
  return part
}

/** The name of an input where a block has no name; paths of its layers begin with a slash there. */
function standIn(input: number): Port {
  return `<${input}`
}

/**
 * A part under no name as that of a node, with what feeds it there. `last` is a part that the node was before: paths that are
 * the same texts again are found in records many times faster than texts just put together.
 */
export function named(part: Part, id: NodeId, inputs: readonly (Port | undefined)[], last?: Part): Part {
  const { nodes, sources, misfits, facts } = part
  const nameOf = (path: Port) => (path.startsWith('<') ? inputs[Number(path.slice(1))]! : id + path)
  const ids = nodes.map((node, at) => {
    const known = last?.nodes[at]?.id
    return known?.length === id.length + node.id.length && known.endsWith(node.id) ? known : id + node.id
  })
  const layers = facts.layers.map((layer, at) => ({ ...layer, id: ids[at]!, origin: id }))
  return {
    ...part,
    nodes: nodes.map(({ layer, params, inputs: ports }, at) => {
      const from = sources[at]!
      const feeds = ports.map((path, input) => ids[from[input]!] ?? nameOf(path))
      return { id: ids[at]!, origin: id, layer, params, inputs: feeds }
    }),
    misfits: misfits.size === 0 ? misfits : new Map([...misfits].map(([path, misfit]) => [nameOf(path), misfit])),
    outputs: part.outputs.map((path) => path && nameOf(path)),
    facts: { ...facts, layers },
    issues: part.issues.map((issue) => located(issue, id)),
    memory: [],
  }
}

function located(issue: Issue, id: NodeId): Issue {
  const { inner } = issue.where
  return { ...issue, where: { ...issue.where, node: id, ...(inner !== undefined && { inner: id + inner }) } }
}
