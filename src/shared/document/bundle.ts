import { AppError } from '../errors.js'
import { LIMITS } from '../limits.js'
import { freeBlockName } from './block-edits.js'
import type { BlockDefinition, Blocks, Document, DocumentNode } from './document.js'
import { emptyDocument } from './document.js'
import { parse, print } from './file.js'
import { neededBy, ownBlock, ownName, ownType, usedIn } from './own-blocks.js'
import { blocksText } from './text.js'

/** An own block with all that it needs, as it is shared: the file of a document without nodes that names its block. */
export interface Bundle {
  readonly name: string
  readonly blocks: Blocks
}

/** An own block of a document with the blocks it uses; `undefined` if there is none of the name. */
export function bundleOf(document: Pick<Document, 'blocks'>, name: string): Bundle | undefined {
  if (!ownBlock(document.blocks, name)) return undefined
  const needed = neededBy(document.blocks, [name])
  return { name, blocks: Object.fromEntries(Object.entries(document.blocks).filter(([key]) => needed.has(key))) }
}

/** The text of a block file. */
export function printBundle({ name, blocks }: Bundle): string {
  const title = ownBlock(blocks, name)?.title ?? name
  return print({ ...emptyDocument(title), blocks, extra: { block: name } })
}

/** Read the text of a block file; `document/…`, and `document/not-netwright` for a document that names no block. */
export function parseBundle(text: string): Bundle {
  const { blocks, extra } = parse(text)
  const name = extra?.['block']
  if (typeof name === 'string' && ownBlock(blocks, name)) return { name, blocks }
  const hint = 'Open a block that Netwright saved; a whole net opens as a document.'
  throw new AppError('document/not-netwright', 'The file is a document, but it shares no block.', hint)
}

/** True for the text of a block file, as far as a glance tells. */
export function isBundle({ extra, blocks }: Document): boolean {
  const name = extra?.['block']
  return typeof name === 'string' && ownBlock(blocks, name) !== undefined
}

/** Blocks together, and the names that the added ones have there. */
export interface Merged {
  readonly blocks: Blocks
  readonly names: ReadonlyMap<string, string>
}

/**
 * Take blocks into a document: one that is there with equal content is the same block, one whose name is taken by another
 * comes under a free name, and what uses it follows. Nothing is taken if there would be too many.
 */
export function mergeBlocks(into: Blocks, added: Blocks): Merged {
  const names = new Map<string, string>()
  let blocks = into
  for (const name of innerFirst(added)) {
    const block = withNames(added[name]!, names)
    const same = [name, ...Object.keys(blocks)].find((other) => isEqual(ownBlock(blocks, other), block))
    const to = same ?? freeBlockName({ blocks }, name)
    names.set(name, to)
    if (same === undefined && Object.keys(blocks).length < LIMITS.blocks) blocks = { ...blocks, [to]: block }
  }
  return { blocks, names }
}

/** Nodes whose types name merged blocks by their new names. */
export function renamedTypes<N extends Pick<DocumentNode, 'type'>>(node: N, names: ReadonlyMap<string, string>): N {
  const to = names.get(ownName(node.type) ?? '')
  return to === undefined || ownType(to) === node.type ? node : { ...node, type: ownType(to) }
}

function withNames(block: BlockDefinition, names: ReadonlyMap<string, string>): BlockDefinition {
  const nodes = Object.entries(block.nodes).map(([id, node]) => [id, renamedTypes(node, names)] as const)
  return nodes.every(([id, node]) => node === block.nodes[id]) ? block : { ...block, nodes: Object.fromEntries(nodes) }
}

function isEqual(a: BlockDefinition | undefined, b: BlockDefinition): boolean {
  return a === b || (a !== undefined && blocksText({ block: a }, '') === blocksText({ block: b }, ''))
}

/** Names of blocks, each after those it uses; those on a circle in any order. */
function innerFirst(blocks: Blocks): readonly string[] {
  const done = new Set<string>()
  const visit = (start: string) => {
    const stack = [{ name: start, isLeft: false }]
    const entered = new Set<string>()
    for (let top = stack.pop(); top; top = stack.pop()) {
      const { name, isLeft } = top
      if (isLeft) done.add(name)
      if (isLeft || entered.has(name) || done.has(name)) continue
      entered.add(name)
      stack.push({ name, isLeft: true })
      for (const inner of usedIn(blocks[name]!.nodes))
        if (ownBlock(blocks, inner)) stack.push({ name: inner, isLeft: false })
    }
  }
  for (const name of Object.keys(blocks)) visit(name)
  return [...done]
}
