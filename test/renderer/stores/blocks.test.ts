// @vitest-environment jsdom
import '../browser.js'
import { beforeEach, expect, it } from 'vitest'
import { describeBlock } from '../../../src/shared/document/block-edits.js'
import { emptyDocument } from '../../../src/shared/document/document.js'
import { parse, print } from '../../../src/shared/document/file.js'
import { setParam } from '../../../src/shared/document/commands.js'
import {
  askForBlock,
  blockText,
  exposuresOfSelection,
  followTitle,
  makeSelectedBlock,
  pathOfUse,
  takeText,
  tryRemoveBlock,
  ungroupSelected,
} from '../../../src/renderer/stores/blocks.js'
import { copiedText, pasteText } from '../../../src/renderer/stores/clipboard.js'
import {
  documents,
  edit,
  editRoot,
  kindsHere,
  newDocument,
  openDocument,
  openNode,
  rootDocument,
  shownDocument,
  shownPlace,
  shownTab,
  undo,
} from '../../../src/renderer/stores/document.js'
import { addAt, deleteSelection, selectAll } from '../../../src/renderer/stores/edits.js'
import { notices } from '../../../src/renderer/stores/notices.js'
import { whereIs } from '../../../src/renderer/stores/place.js'
import { select, selection } from '../../../src/renderer/stores/selection.js'
import { enterBlock, leaveBlock, view } from '../../../src/renderer/stores/view.js'
import { graphOf } from '../../shared/graph-of.js'

const NET = graphOf({
  input: ['input', { height: 8, width: 8 }],
  a: ['conv2d', { filters: 4 }, 'input'],
  b: ['conv2d', { filters: 4 }, 'a'],
  c: ['relu', {}, 'b'],
  pool: ['global_average_pool', {}, 'c'],
  logits: ['dense', { units: 5 }, 'pool'],
  main: ['head', {}, 'logits'],
})

beforeEach(() => {
  documents.setState({ open: [] }, true)
  notices.setState({ shown: [] })
  select([])
  openDocument(NET)
})

const nodes = () => Object.keys(shownDocument()?.nodes ?? {})
const said = () => notices.getState().shown.map(({ message }) => message)
const parameters = () => shownPlace()?.analysis.parameters.total

function makePair(): void {
  select(['a', 'b'])
  makeSelectedBlock('Pair', exposuresOfSelection().slice(0, 1))
}

it('makes a block of the selection in one step of undo, with one parameter for equal values', () => {
  makePair()
  expect([nodes(), selection.getState().nodes]).toEqual([['input', 'c', 'pool', 'logits', 'main', 'pair'], ['pair']])
  expect(rootDocument()?.nodes['pair']?.params).toEqual({ filters: 4 })
  expect(rootDocument()?.blocks['pair']?.nodes['b']?.params['filters']).toBe('=filters')
  undo()
  expect(rootDocument()).toBe(NET)
})

it('asks for a name only where a block can be made, and says why it cannot', () => {
  select(['a', 'c'])
  askForBlock()
  expect([said(), view.getState().dialog]).toEqual([
    ['b lies between the selected nodes, fed by some and feeding others; select it too.'],
    undefined,
  ])
})

it('edits the inside in place of the document, nested blocks too, and comes back to the block', () => {
  makePair()
  openNode('pair')
  expect(nodes()).toEqual(['in', 'a', 'b', 'out'])
  const before = parameters()
  edit(setParam('b', 'filters', 6))
  expect(rootDocument()?.blocks['pair']?.nodes['b']?.params['filters']).toBe(6)
  expect(parameters()).not.toBe(before)
  select(['b'])
  makeSelectedBlock('Inner', [])
  openNode('inner')
  expect([view.getState().inside, nodes(), shownPlace()?.trail.map(({ id }) => id)]).toEqual([
    'pair/inner',
    ['in', 'b', 'out'],
    ['pair', 'inner'],
  ])
  expect(shownPlace()?.analysis.origins['b']?.output).toEqual([8, 8, 6])
  leaveBlock()
  expect([view.getState().inside, selection.getState().nodes]).toEqual(['pair', ['inner']])
  enterBlock('pair/inner')
  enterBlock(undefined)
  expect(selection.getState().nodes).toEqual(['pair'])
  expect(whereIs(rootDocument()!, 'pair/inner/b')).toEqual({ place: 'pair/inner', id: 'b' })
  expect(whereIs(rootDocument()!, 'main')).toEqual({ place: '', id: 'main' })
})

it('leaves a block that undo takes away', () => {
  makePair()
  openNode('pair')
  undo()
  expect([view.getState().inside, nodes()]).toEqual([undefined, Object.keys(NET.nodes)])
})

it('offers ports and heads inside a block, but neither the input nor the block itself', () => {
  makePair()
  openNode('pair')
  const types = kindsHere().map(({ type }) => type)
  expect(
    ['block_input', 'block_output', 'conv2d', 'input', 'head', 'own/pair'].map((type) => types.includes(type)),
  ).toEqual([true, true, true, false, true, false])
  addAt('own/pair', [0, 0])
  expect([nodes().length, said()]).toEqual([4, ['A block cannot stand inside itself.']])
})

it('ungroups what is selected, and says when the block goes with its last use', () => {
  makePair()
  select(['pair', 'c'])
  ungroupSelected()
  expect([print(rootDocument()!), selection.getState().nodes]).toEqual([print(NET), ['a', 'b']])
  expect(said()).toEqual(['Nothing else uses pair, so it is gone from My blocks; undo brings it back.'])
  select(['c'])
  ungroupSelected()
  expect(said().at(-1)).toBe('Select a block of your own to ungroup it; built-in blocks stay whole.')
})

it('copies blocks to other documents with all they need', () => {
  makePair()
  const text = copiedText()!
  newDocument()
  pasteText(text)
  expect([nodes(), Object.keys(rootDocument()!.blocks)]).toEqual([['pair'], ['pair']])
  deleteSelection()
  tryRemoveBlock('pair')
  expect(rootDocument()?.blocks).toEqual({})
})

it('takes a shared block into the shown document, and hands a document back', () => {
  makePair()
  const text = blockText('pair')!
  newDocument()
  expect(takeText(text)).toBeUndefined()
  expect([Object.keys(rootDocument()!.blocks), said()]).toEqual([['pair'], ['Pair is in My blocks now.']])
  expect(takeText(print(NET))).toEqual(parse(print(NET)))
})

it('does not remove a block that is used, and names its uses', () => {
  makePair()
  tryRemoveBlock('pair')
  expect([Object.keys(rootDocument()!.blocks), said()]).toEqual([
    ['pair'],
    ['Pair is used by pair; remove or ungroup these first.'],
  ])
  expect(pathOfUse(rootDocument()!, 'pair')).toBe('pair')
  expect(pathOfUse(emptyDocument(), 'pair')).toBeUndefined()
})

it('lets the name in files follow the title, as one step', () => {
  makePair()
  const steps = shownTab()!.history.past.length
  for (const title of ['D', 'Du', 'Duo']) editRoot(describeBlock('pair', { title }), 'block/title')
  followTitle('pair')
  expect([Object.keys(rootDocument()!.blocks), rootDocument()!.nodes['pair']?.type]).toEqual([['duo'], 'own/duo'])
  expect(shownTab()!.history.past.length).toBe(steps + 1)
  selectAll()
  expect(selection.getState().nodes).toContain('pair')
})
