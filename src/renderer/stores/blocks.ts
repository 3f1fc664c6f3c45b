import { exposeParam, freeBlockName, removeBlock, renameBlock, whyKept } from '../../shared/document/block-edits.js'
import { bundleOf, isBundle, mergeBlocks, printBundle, type Bundle } from '../../shared/document/bundle.js'
import { inTurn } from '../../shared/document/commands.js'
import type { Document } from '../../shared/document/document.js'
import { exposuresOf, type Exposure } from '../../shared/document/exposures.js'
import { parse } from '../../shared/document/file.js'
import { inBlock, withoutBlocks } from '../../shared/document/inside.js'
import { makeBlock, whyNoBlock } from '../../shared/document/make-block.js'
import { ownBlock, ownName, ownType, usesOf } from '../../shared/document/own-blocks.js'
import { idsFor, ungroup } from '../../shared/document/ungroup.js'
import { edit, editRoot, newDocument, rootDocument, shownDocument, shownPlace } from './document.js'
import { saveText } from './downloads.js'
import { say } from './notices.js'
import { select, selection } from './selection.js'
import { openDialog } from './view.js'

/** Ask for the name of a block made from the selected nodes, or say why it cannot be made. */
export function askForBlock(): void {
  const document = shownDocument()
  if (!document || shownPlace()?.closed !== undefined) return
  const reason = whyNoBlock(document, selection.getState().nodes)
  if (reason === undefined) openDialog({ kind: 'make-block' })
  else say(reason)
}

/** What the block of the selected nodes could show outside. */
export function exposuresOfSelection(): readonly Exposure[] {
  const document = shownDocument()
  return document ? exposuresOf(document, selection.getState().nodes) : []
}

/** Make a block of the selected nodes with the chosen parameters; one step of undo. The new use is selected. */
export function makeSelectedBlock(title: string, exposures: readonly Exposure[]): void {
  const root = rootDocument()
  const shown = shownDocument()
  if (!root || !shown) return
  const name = freeBlockName(root, title)
  const make = makeBlock(selection.getState().nodes, { name, title })
  const { within } = shown
  const expose = exposures.map((one) => exposeParam(name, one.places, one.name))
  editRoot(inTurn(within ? inBlock(within.block, make) : make, ...expose))
  const use = Object.entries(shownDocument()?.nodes ?? {}).find(([, { type }]) => type === ownType(name))
  select(use ? [use[0]] : [])
}

/** Put the insides of the selected own blocks in their places, and select them. */
export function ungroupSelected(): void {
  const document = shownDocument()
  if (!document || shownPlace()?.closed !== undefined) return
  const chosen = selection.getState().nodes.filter((id) => isOwn(document, id))
  if (chosen.length === 0) {
    say('Select a block of your own to ungroup it; built-in blocks stay whole.')
    return
  }
  const names = new Set(chosen.map((id) => ownName(document.nodes[id]!.type)!))
  const opened: string[] = []
  chosen.reduce((before, id) => {
    const block = ownBlock(before.blocks, ownName(before.nodes[id]!.type))
    if (block) opened.push(...idsFor(before, id, block).values())
    return ungroup(id)(before)
  }, document)
  edit(inTurn(...chosen.map(ungroup)))
  select(opened)
  const gone = [...names].filter((name) => !ownBlock(rootDocument()?.blocks ?? {}, name))
  if (gone.length > 0) say(`Nothing else uses ${gone.join(', ')}, so it is gone from My blocks; undo brings it back.`)
}

function isOwn(document: Document, id: string): boolean {
  return ownBlock(document.blocks, ownName(document.nodes[id]?.type ?? '')) !== undefined
}

/** Once a title is written, the name in files follows it; part of the same step of undo. */
export function followTitle(name: string): void {
  const root = rootDocument()
  const block = root && ownBlock(root.blocks, name)
  if (!root || !block) return
  const others = { blocks: withoutBlocks(root.blocks, new Set([name])) }
  const wish = freeBlockName(others, block.title)
  if (wish !== name) editRoot(renameBlock(name, wish), 'block/title')
}

/** Remove a block from the document, or say where it is used. */
export function tryRemoveBlock(name: string): void {
  const root = rootDocument()
  const reason = root && whyKept(root, name)
  if (reason !== undefined) say(reason)
  else editRoot(removeBlock(name))
}

/** The path of the first use of a block, to look inside it; `undefined` if nothing uses it. */
export function pathOfUse(root: Document, name: string, around: readonly string[] = []): string | undefined {
  for (const { block, node } of usesOf(root, name)) {
    if (block === undefined) return node
    // Blocks that contain each other lead nowhere.
    const path = around.includes(block) ? undefined : pathOfUse(root, block, [...around, name])
    if (path !== undefined) return `${path}/${node}`
  }
  return undefined
}

/** The file of a block of the document. */
export function blockText(name: string): string | undefined {
  const root = rootDocument()
  const bundle = root && bundleOf(root, name)
  return bundle && printBundle(bundle)
}

/** Hand a block to the browser's downloads. */
export function downloadBlock(name: string): void {
  const text = blockText(name)
  if (text !== undefined) saveText(text, `${name}.netblock`)
}

/** Take a shared block into the shown document, or a new one; returns its type there. */
export function takeBundle(bundle: Bundle): string {
  if (!rootDocument()) newDocument()
  const { blocks, names } = mergeBlocks(rootDocument()!.blocks, bundle.blocks)
  editRoot((document) => (blocks === document.blocks ? document : { ...document, blocks }))
  return ownType(names.get(bundle.name) ?? bundle.name)
}

/** Open a text: a shared block goes into the shown document, a document is handed back. */
export function takeText(text: string): Document | undefined {
  const document = parse(text)
  if (!isBundle(document)) return document
  const name = String(document.extra?.['block'])
  takeBundle({ name, blocks: document.blocks })
  say(`${document.blocks[name]?.title ?? name} is in My blocks now.`)
  return undefined
}
