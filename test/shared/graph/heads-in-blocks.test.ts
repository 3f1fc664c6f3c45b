import { expect, it } from 'vitest'
import { exposeParam } from '../../../src/shared/document/block-edits.js'
import { copy, paste } from '../../../src/shared/document/clipboard.js'
import { connect } from '../../../src/shared/document/wires.js'
import type { Document } from '../../../src/shared/document/document.js'
import { parse, print } from '../../../src/shared/document/file.js'
import { inBlock } from '../../../src/shared/document/inside.js'
import { makeBlock } from '../../../src/shared/document/make-block.js'
import { inTurn, setParam } from '../../../src/shared/document/commands.js'
import { placeWords, setAt, settingPlace } from '../../../src/shared/document/setting-place.js'
import { ungroup } from '../../../src/shared/document/ungroup.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { graphOf } from '../graph-of.js'

const FLAT = graphOf({
  input: ['input', { height: 16, width: 16 }],
  conv_1: ['conv2d', { filters: 4, stride: [2, 2] }, 'input'],
  conv_2: ['conv2d', { filters: 6 }, 'conv_1'],
  pool: ['global_average_pool', {}, 'conv_2'],
  logits: ['dense', { units: 3 }, 'pool'],
  main: ['head', {}, 'logits'],
  aux_pool: ['global_max_pool', {}, 'conv_1'],
  fc: ['dense', { units: 3 }, 'aux_pool'],
  head: ['head', { weight: 0.3 }, 'fc'],
})

/** The auxiliary classifier as an own block, used at both convolutions, its weight a parameter. */
const USED_TWICE = inTurn(
  makeBlock(['aux_pool', 'fc', 'head'], { name: 'aux', title: 'Auxiliary' }),
  exposeParam('aux', [{ node: 'head', param: 'weight' }], 'w'),
  (document) => paste(copy(document, ['aux']))(document),
  connect('conv_2', 'aux_2'),
  setParam('aux_2', 'w', 0.2),
)(FLAT)

it('a block with a head inside is a head of the net at each use, with its own name, weight and shape', () => {
  const { issues, heads, mainHead, parameters } = analyze(parse(print(USED_TWICE)))
  expect([issues, mainHead]).toEqual([[], 'main'])
  expect(heads).toEqual([
    { id: 'main', origin: 'main', shape: [3], predicts: 'classes', weight: 1, depth: { longest: 3, shortest: 3 } },
    { id: 'aux/head', origin: 'aux', shape: [3], predicts: 'classes', weight: 0.3, depth: { longest: 2, shortest: 2 } },
    {
      id: 'aux_2/head',
      origin: 'aux_2',
      shape: [3],
      predicts: 'classes',
      weight: 0.2,
      depth: { longest: 3, shortest: 3 },
    },
  ])
  expect(parameters.total).toBe(analyze(FLAT).parameters.total + 6 * 3 + 3)
})

it('ungroups each use into a head with the weight it has there', () => {
  const once = ungroup('aux_2')(USED_TWICE)
  expect(once.nodes['head']?.params['weight']).toBe(0.2)
  const twice = ungroup('aux')(once)
  expect(twice.blocks).toEqual({})
  expect(analyze(twice).heads.map(({ id, weight }) => [id, weight])).toEqual([
    ['main', 1],
    ['head_2', 0.3],
    ['head', 0.2],
  ])
})

it('a tail with the main head inside stays the main head, by its name or as the deepest', () => {
  const tail = makeBlock(['pool', 'logits', 'main'], { name: 'tail', title: 'Tail' })(FLAT)
  expect(analyze(tail).heads.map(({ id }) => id)).toEqual(['tail/main', 'head'])
  expect(ungroup('tail')(tail).nodes).toEqual(FLAT.nodes)
  const unnamed = inBlock('tail', (inside) => {
    const { main, ...nodes } = inside.nodes
    const wires = inside.wires.map((wire) => (wire.to === 'main' ? { ...wire, to: 'end' } : wire))
    return { ...inside, nodes: { ...nodes, end: main! }, wires }
  })(tail)
  expect(analyze(unnamed).mainHead).toBe('tail/end')
})

it('finds where a value stands: at the use that shows it, in the definition, or in a built-in block', () => {
  const places = ['main', 'aux/head', 'aux_2/head', 'aux/fc', 'nowhere/head', 'conv_1'].map((path) => {
    const place = settingPlace(USED_TWICE, path, 'weight', 'units')
    return place && placeWords(place)
  })
  expect(places).toEqual([
    'weight of main',
    'w of aux',
    'w of aux_2',
    'units of fc in the block aux',
    undefined,
    undefined,
  ])
  const set = setAt(settingPlace(USED_TWICE, 'aux/fc', 'units')!, 7)(USED_TWICE)
  expect(analyze(set).heads.map(({ shape }) => shape)).toEqual([[3], [7], [7]])
  const around = inTurn(
    makeBlock(['aux'], { name: 'outer', title: 'Outer' }),
    exposeParam('outer', [{ node: 'aux', param: 'w' }], 'loss'),
  )(USED_TWICE)
  expect(settingPlace(around, 'outer/aux/head', 'weight')).toEqual({ block: undefined, node: 'outer', param: 'loss' })
  const formula = inBlock('outer', setParam('aux', 'w', '=2*loss'))(around)
  expect(settingPlace(formula, 'outer/aux/head', 'weight')).toEqual({ block: 'outer', node: 'aux', param: 'w' })
})

it('mends class counts and weights of heads inside blocks', () => {
  const other = inBlock('aux', setParam('fc', 'units', 5))(USED_TWICE)
  const { issues } = analyze(other)
  expect(issues.map(({ code, where, fix }) => [code, where, fix?.title])).toEqual([
    ['head/class-counts', { node: 'aux', inner: 'aux/head' }, 'Set units of fc in the block aux to 3'],
    ['head/class-counts', { node: 'aux_2', inner: 'aux_2/head' }, 'Set units of fc in the block aux to 3'],
  ])
  expect(analyze(issues[0]!.fix!.command(other)).issues).toEqual([])
  const lone = makeBlock(['logits', 'main'], { name: 'tail', title: 'Tail' })(
    setParam('main', 'weight', 0)(without(FLAT, 'head', 'fc', 'aux_pool')),
  )
  const [issue, ...others] = analyze(lone).issues
  expect([issue?.code, issue?.fix?.title, others]).toEqual([
    'head/no-weight',
    'Set the weight of main in the block tail to 1',
    [],
  ])
  expect(analyze(issue!.fix!.command(lone)).issues).toEqual([])
})

it('refuses the input inside a block with a reason, and wires that leave a block that ends in heads', () => {
  const withInput = inBlock('aux', (inside) => ({
    ...inside,
    nodes: { ...inside.nodes, image: { type: 'input', params: {}, at: [0, 0] } },
  }))(USED_TWICE)
  const issues = analyze(withInput).issues.filter(({ code }) => code === 'block/not-inside')
  expect(issues.map(({ message, hint, where }) => [message, hint, where])).toEqual([
    [
      'Inside the block Auxiliary: image is the input of the net, which cannot stand inside a block: images enter a net once.',
      'Remove it; what the block gets from outside comes through its own inputs.',
      { node: 'aux', inner: 'aux/image', block: 'aux' },
    ],
  ])
  expect(connect('aux', 'pool')(USED_TWICE)).toBe(USED_TWICE)
  const wired = { ...USED_TWICE, wires: [...USED_TWICE.wires, { from: 'aux', to: 'main', input: 1 }] }
  expect(analyze(wired).issues.map(({ code }) => code)).toContain('wire/no-such-input')
})

function without(document: Document, ...ids: readonly string[]): Document {
  const nodes = Object.entries(document.nodes).filter(([id]) => !ids.includes(id))
  const wires = document.wires.filter(({ from, to }) => !ids.includes(from) && !ids.includes(to))
  return { ...document, nodes: Object.fromEntries(nodes), wires }
}
