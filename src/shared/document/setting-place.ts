import { setParam, type Command } from './commands.js'
import { nodeOf, type Document, type DocumentNode, type NodeId } from './document.js'
import { inBlock } from './inside.js'
import { kindIn } from './kinds.js'
import { ownBlock, ownName } from './own-blocks.js'

/** A value that a document holds: a parameter of one of its nodes, or of a node inside one of its own blocks. */
export interface SettingPlace {
  /** The own block in whose definition the node stands; `undefined` for the net. */
  readonly block: string | undefined
  readonly node: NodeId
  readonly param: string
}

/**
 * Where the value of a layer's parameter stands, by the layer's path: at the layer itself, or, where an own block has it as
 * `=name`, at the use of that block, and so on outwards. For a layer inside a built-in block the parameter is one of that
 * block's. The first of the names that is there counts; `undefined` if none is, or the path leads nowhere.
 */
export function settingPlace(document: Document, path: string, ...names: readonly string[]): SettingPlace | undefined {
  const way = wayTo(document, path)
  const fields = kindIn(document, way.at(-1)?.node.type ?? '')?.params ?? {}
  let param = names.find((name) => Object.hasOwn(fields, name))
  for (const { block, id, node } of way.reverse()) {
    if (param === undefined) return undefined
    const outside = block === undefined ? undefined : exposedAs(node.params[param])
    if (outside === undefined) return { block, node: id, param }
    param = outside
  }
  return undefined
}

/** Set the value at a place; in an own block that counts for all its uses. The same document if nothing changes. */
export function setAt({ block, node, param }: SettingPlace, value: unknown): Command {
  const command = setParam(node, param, value)
  return block === undefined ? command : inBlock(block, command)
}

/** A place in words: `units of fc`, `units of fc in the block auxiliary`. */
export function placeWords({ block, node, param }: SettingPlace): string {
  return `${param} of ${node}${block === undefined ? '' : ` in the block ${block}`}`
}

interface Stop {
  readonly block: string | undefined
  readonly id: NodeId
  readonly node: DocumentNode
}

/** The nodes that a path leads through, the net's first; it ends before the inside of a built-in block. */
function wayTo(document: Document, path: string): Stop[] {
  const way: Stop[] = []
  let [block, nodes] = [undefined as string | undefined, document.nodes]
  for (const id of path.split('/')) {
    const node = nodeOf({ nodes }, id)
    if (!node) return []
    way.push({ block, id, node })
    block = ownName(node.type)
    const definition = ownBlock(document.blocks, block)
    if (!definition) return way
    nodes = definition.nodes
  }
  return way
}

const NAME_ALONE = /^=\s*([A-Za-z][A-Za-z0-9_]*)\s*$/

/** The name of the block's parameter that a value is, without any computing: `=weight` is `weight`. */
function exposedAs(value: unknown): string | undefined {
  return typeof value === 'string' ? NAME_ALONE.exec(value)?.[1] : undefined
}
