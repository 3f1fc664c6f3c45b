import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { DocumentEntry } from '../../shared/api.js'
import type { Command } from '../../shared/document/commands.js'
import { emptyDocument, type Document } from '../../shared/document/document.js'
import { kindsIn, type Kind } from '../../shared/document/kinds.js'
import * as history from '../../shared/document/history.js'
import { inBlock } from '../../shared/document/inside.js'
import { placeOf, type Place } from './place.js'
import { selection, selectNothing } from './selection.js'
import { enterBlock, useView, view } from './view.js'

/** A document in a tab, with its past and future. */
export interface OpenDocument {
  /** Name of the tab for the program; stays when the document's name changes. */
  readonly key: string
  readonly history: history.History
  /** The document as it was opened or last saved: anything else is unsaved work. */
  readonly clean: Document
  /** Where it is stored, and when it was read or written there. */
  readonly stored?: DocumentEntry
}

export interface DocumentsState {
  readonly open: readonly OpenDocument[]
  readonly shown?: string
}

export const documents = createStore<DocumentsState>(() => ({ open: [] }))

/** Another selection ends a burst: coming back to a field later is a step of its own. */
selection.subscribe(() => change(history.endBurst))

let tabs = 0

/**
 * Open a document in a new tab and show it; one that is stored under the same name and open already is shown instead.
 * `unsaved`: it is work that is stored nowhere.
 */
export function openDocument(document: Document, stored?: DocumentEntry, unsaved = false): string {
  const existing = stored && documents.getState().open.find((tab) => tab.stored?.name === stored.name)
  if (existing) {
    showDocument(existing.key)
    return existing.key
  }
  const key = `tab-${++tabs}`
  const clean = unsaved ? emptyDocument() : document
  const tab: OpenDocument = { key, history: history.historyOf(document), clean, ...(stored && { stored }) }
  documents.setState(({ open }) => ({ open: [...open, tab] }))
  showDocument(key)
  return key
}

/** A fresh document without nodes, in a new tab. */
export function newDocument(): string {
  const names = new Set(documents.getState().open.map((tab) => tab.history.present.name))
  let name = 'Untitled'
  for (let n = 2; names.has(name); n++) name = `Untitled ${n}`
  return openDocument(emptyDocument(name))
}

/** Show another tab. */
export function showDocument(key: string): void {
  if (documents.getState().shown === key) return
  selectNothing()
  enterBlock(undefined)
  documents.setState({ shown: key })
}

/** Close a tab without asking; its neighbour shows. */
export function closeDocument(key: string): void {
  const { open, shown } = documents.getState()
  const at = open.findIndex((tab) => tab.key === key)
  if (at < 0) return
  const left = open.filter((tab) => tab.key !== key)
  const next = shown === key ? (left[at] ?? left[at - 1])?.key : shown
  if (shown === key) selectNothing()
  if (shown === key) enterBlock(undefined)
  documents.setState({ open: left, ...(next === undefined ? {} : { shown: next }) }, true)
}

/** The tab that shows, outside of components. */
export function shownTab(): OpenDocument | undefined {
  return tabOf(documents.getState())
}

/** The whole document of the shown tab, outside of components. */
export function rootDocument(): Document | undefined {
  return shownTab()?.history.present
}

/** Kinds that can be added to what shows, outside of components. */
export function kindsHere(): readonly Kind[] {
  return kindsIn(shownDocument() ?? emptyDocument())
}

/** What the canvas shows and edits, outside of components: the document, or the inside of an own block as one. */
export function shownDocument(): Document | undefined {
  return shownPlace()?.document
}

/** Where in its document the canvas is, outside of components. */
export function shownPlace(): Place | undefined {
  const root = rootDocument()
  return root && placeOf(root, view.getState().inside ?? '')
}

/** True while a tab holds work that is stored nowhere. */
export function isDirty(tab: OpenDocument): boolean {
  return tab.history.present !== tab.clean
}

/**
 * Change what is shown: the document, or the own block whose inside shows, with all its uses. Edits with the same burst name
 * in a row are one step of undo.
 */
export function edit(command: Command, burst?: string): void {
  const block = shownDocument()?.within?.block
  editRoot(block === undefined ? command : inBlock(block, command), burst)
}

/** Show the inside of a node of what is shown, if it is a block. */
export function openNode(id: string): void {
  const root = rootDocument()
  const place = shownPlace()
  if (!root || !place || place.closed !== undefined) return
  const path = place.path === '' ? id : `${place.path}/${id}`
  if (placeOf(root, path).path === path) enterBlock(path)
}

/** Change the whole document, wherever in it the canvas is. */
export function editRoot(command: Command, burst?: string): void {
  change((past) => history.push(past, command(past.present), burst))
}

export function undo(): void {
  change(history.undo)
}

export function redo(): void {
  change(history.redo)
}

/** Put another document in the place of the shown one, as a step that can be undone. */
export function replaceDocument(key: string, document: Document, stored: DocumentEntry): void {
  update(key, (tab) => ({ ...tab, history: history.push(tab.history, document), clean: document, stored }))
}

/** A tab's document was stored as it was at that time; what was done since is still unsaved. */
export function markSaved(key: string, document: Document, stored: DocumentEntry): void {
  update(key, (tab) => ({ ...tab, clean: document, stored }))
}

function change(step: (past: history.History) => history.History): void {
  const tab = shownTab()
  if (!tab) return
  const next = step(tab.history)
  if (next === tab.history) return
  update(tab.key, (open) => ({ ...open, history: next }))
  dropGone(next.present)
}

function update(key: string, edited: (tab: OpenDocument) => OpenDocument): void {
  documents.setState(({ open }) => ({ open: open.map((tab) => (tab.key === key ? edited(tab) : tab)) }))
}

/** What is no longer there cannot stay selected or entered. */
function dropGone(root: Document): void {
  const inside = view.getState().inside ?? ''
  const { path, document } = placeOf(root, inside)
  if (path !== inside) enterBlock(path === '' ? undefined : path)
  const { nodes, wires } = selection.getState()
  const left = nodes.filter((id) => Object.hasOwn(document.nodes, id))
  const keys = new Set(document.wires.map(({ to, input }) => `${to}:${input}`))
  const leftWires = wires.filter((key) => keys.has(key))
  if (left.length < nodes.length || leftWires.length < wires.length) {
    selection.setState({ nodes: left, wires: leftWires }, true)
  }
}

function tabOf({ open, shown }: DocumentsState): OpenDocument | undefined {
  return open.find((tab) => tab.key === shown)
}

/** The tab that shows. */
export function useShownTab(): OpenDocument | undefined {
  return useStore(documents, tabOf)
}

/** The whole document of the shown tab. */
export function useRoot(): Document | undefined {
  return useStore(documents, (s) => tabOf(s)?.history.present)
}

/** Where in its document the canvas is. */
export function usePlace(): Place | undefined {
  const root = useRoot()
  const inside = useView((s) => s.inside)
  return root && placeOf(root, inside ?? '')
}

/** What the canvas shows and edits: the document, or the inside of an own block as one. */
export function useDocument(): Document | undefined {
  return usePlace()?.document
}
