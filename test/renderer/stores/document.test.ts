// @vitest-environment jsdom
import '../browser.js'
import { beforeEach, expect, it } from 'vitest'
import { addNode, renameDocument, setParam } from '../../../src/shared/document/commands.js'
import { emptyDocument } from '../../../src/shared/document/document.js'
import { connect } from '../../../src/shared/document/wires.js'
import {
  closeDocument,
  documents,
  edit,
  isDirty,
  newDocument,
  openDocument,
  redo,
  showDocument,
  shownDocument,
  shownTab,
  undo,
} from '../../../src/renderer/stores/document.js'
import { addAfterSelection, addOnWire, deleteSelection, tryConnect } from '../../../src/renderer/stores/edits.js'
import { copiedText, duplicateSelection, pasteText } from '../../../src/renderer/stores/clipboard.js'
import { select, selection } from '../../../src/renderer/stores/selection.js'
import { enterBlock, view } from '../../../src/renderer/stores/view.js'

beforeEach(() => {
  documents.setState({ open: [] }, true)
  select([])
})

const nodes = () => Object.keys(shownDocument()?.nodes ?? {})

it('marks unsaved work, and takes the mark back when it is undone', () => {
  newDocument()
  expect(isDirty(shownTab()!)).toBe(false)
  edit(addNode('conv2d', [0, 0]))
  expect(isDirty(shownTab()!)).toBe(true)
  undo()
  expect([isDirty(shownTab()!), nodes()]).toEqual([false, []])
  redo()
  expect(nodes()).toEqual(['conv2d'])
})

it('joins a burst to one step, until something else is selected', () => {
  newDocument()
  edit(addNode('conv2d', [0, 0]))
  for (const filters of [1, 12, 128]) edit(setParam('conv2d', 'filters', filters), 'param/conv2d/filters')
  select(['conv2d'])
  edit(setParam('conv2d', 'filters', 7), 'param/conv2d/filters')
  const filters = () => shownDocument()?.nodes['conv2d']?.params['filters']
  undo()
  expect(filters()).toBe(128)
  undo()
  expect(filters()).toBe(64)
})

it('keeps tabs apart: each has its own past, and a new selection', () => {
  const first = newDocument()
  edit(addNode('relu', [0, 0]))
  select(['relu'])
  const second = newDocument()
  expect([shownTab()?.key, nodes(), selection.getState().nodes]).toEqual([second, [], []])
  expect(documents.getState().open.map((tab) => tab.history.present.name)).toEqual(['Untitled', 'Untitled 2'])
  showDocument(first)
  undo()
  expect(nodes()).toEqual([])
  closeDocument(first)
  expect(shownTab()?.key).toBe(second)
  closeDocument(second)
  expect(documents.getState()).toEqual({ open: [] })
})

it('shows a stored document that is open already instead of opening it twice', () => {
  const stored = { name: 'a', modified: '2026-01-01T00:00:00.000Z' }
  const key = openDocument(emptyDocument('A'), stored)
  newDocument()
  expect([openDocument(emptyDocument('A'), stored), shownTab()?.key]).toEqual([key, key])
})

it('lets go of what an edit or undo removes', () => {
  newDocument()
  edit(addNode('input', [0, 0]))
  edit(addNode('residual', [200, 0]))
  edit(connect('input', 'residual'))
  enterBlock('residual')
  select(['residual'], ['residual:0'])
  deleteSelection()
  expect([nodes(), selection.getState(), view.getState().inside]).toEqual([
    ['input'],
    { nodes: [], wires: [] },
    undefined,
  ])
  undo()
  expect(shownDocument()?.wires).toEqual([{ from: 'input', to: 'residual', input: 0 }])
})

it('adds behind the selected node, joined, at a place that is free', () => {
  newDocument()
  addAfterSelection('input', [0, 0])
  addAfterSelection('conv2d', [0, 0])
  select(['input'])
  addAfterSelection('conv2d', [0, 0])
  addAfterSelection('head', [0, 0])
  addAfterSelection('relu', [0, 0])
  expect(shownDocument()?.wires).toEqual([
    { from: 'input', to: 'conv2d', input: 0 },
    { from: 'input', to: 'conv2d_2', input: 0 },
    { from: 'conv2d_2', to: 'head', input: 0 },
  ])
  const places = Object.values(shownDocument()!.nodes).map((node) => node.at.join())
  expect(new Set(places).size).toBe(places.length)
})

it('refuses wires with the reason, and puts a node into a wire', () => {
  newDocument()
  addAfterSelection('input', [0, 0])
  addAfterSelection('conv2d', [0, 0])
  expect(tryConnect('conv2d', 'conv2d')).toBe('A node cannot feed itself.')
  addOnWire('relu', { from: 'input', to: 'conv2d', input: 0 }, [100, 0])
  expect([...shownDocument()!.wires].sort((a, b) => a.to.localeCompare(b.to))).toEqual([
    { from: 'relu', to: 'conv2d', input: 0 },
    { from: 'input', to: 'relu', input: 0 },
  ])
})

it('copies nodes with their wires into another document, as text', () => {
  newDocument()
  addAfterSelection('input', [0, 0])
  addAfterSelection('conv2d', [0, 0])
  select(nodes())
  const text = copiedText()!
  newDocument()
  edit(renameDocument('Other'))
  pasteText(text)
  expect([nodes(), shownDocument()?.wires]).toEqual([['conv2d', 'input'], [{ from: 'input', to: 'conv2d', input: 0 }]])
  pasteText(text)
  pasteText(text)
  const places = Object.values(shownDocument()!.nodes).map(({ at }) => at.join())
  console.log(`cases=${places.length}`)
  expect(new Set(places).size).toBe(6)
  undo()
  undo()
  select(nodes())
  duplicateSelection()
  expect(nodes()).toEqual(['conv2d', 'input', 'conv2d_2', 'input_2'])
  expect(selection.getState().nodes).toEqual(['conv2d_2', 'input_2'])
  expect(() => pasteText('no document')).toThrowError(expect.objectContaining({ code: 'document/not-json' }))
})
