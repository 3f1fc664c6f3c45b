import { describe, expect, it } from 'vitest'
import { changeParam, describeBlock, duplicateBlock, exposeParam, freeBlockName, hideParam, movePort, removeBlock, renameBlock, whyKept } from '../../../src/shared/document/block-edits.js' // prettier-ignore
import { bundleOf, mergeBlocks, parseBundle, printBundle } from '../../../src/shared/document/bundle.js'
import { copy, paste } from '../../../src/shared/document/clipboard.js'
import { addNode, removeNodes, renameNode, setParam } from '../../../src/shared/document/commands.js'
import type { Document } from '../../../src/shared/document/document.js'
import { print } from '../../../src/shared/document/file.js'
import { inBlock, insideOf } from '../../../src/shared/document/inside.js'
import { makeBlock } from '../../../src/shared/document/make-block.js'
import { ungroup } from '../../../src/shared/document/ungroup.js'
import { connect, disconnect } from '../../../src/shared/document/wires.js'
import { AppError } from '../../../src/shared/errors.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { blockFrom, netOf, whole } from '../own-blocks.js'

const conv = blockFrom({ conv: ['conv2d', { filters: 8 }, 'in'], relu: ['relu', {}, 'conv'] })
const NET = netOf({ conv }, { a: ['own/conv', {}, 'input'], b: ['own/conv', {}, 'a'] })
const total = (document: Document) => analyze(document).parameters.total
const steps = (document: Document, ...commands: readonly ((before: Document) => Document)[]) =>
  commands.reduce((edited, command) => command(edited), document)

describe('editing a block', () => {
  it('changes every use', () => {
    const edited = inBlock('conv', setParam('conv', 'filters', 16))(NET)
    expect([total(NET), total(edited)]).toEqual([
      3 * 9 * 8 + 8 + (8 * 9 * 8 + 8) + 45,
      3 * 9 * 16 + 16 + (16 * 9 * 16 + 16) + 85,
    ])
    expect(edited.nodes).toBe(NET.nodes)
    expect(inBlock('conv', setParam('conv', 'filters', 8))(NET)).toBe(NET)
    expect(inBlock('none', setParam('conv', 'filters', 8))(NET)).toBe(NET)
  })

  it('keeps the wires of its uses at the ports that they were drawn to', () => {
    const withSkip = steps(
      NET,
      inBlock('conv', addNode('block_input', [0, 100], 'skip')),
      inBlock('conv', addNode('block_output', [0, 100], 'raw')),
      inBlock('conv', connect('skip', 'raw')),
    )
    expect(withSkip.blocks['conv']?.inputs.map(({ id }) => id)).toEqual(['in', 'skip'])
    const wired = steps(withSkip, connect('input', 'b', 1), connect('a', 'pool', 0, 1))
    expect(wired.wires).toContainEqual({ from: 'input', to: 'b', input: 1 })
    expect(wired.wires).toContainEqual({ from: 'a', output: 1, to: 'pool', input: 0 })
    const renamed = inBlock('conv', renameNode('skip', 'shortcut'))(wired)
    expect(renamed.wires).toEqual(wired.wires)
    const narrowed = inBlock('conv', removeNodes(['in', 'out']))(renamed)
    expect(narrowed.wires.filter(({ to, from }) => to === 'b' || from === 'a')).toEqual([
      { from: 'input', to: 'b', input: 0 },
      { from: 'a', to: 'pool', input: 0 },
    ])
  })

  it('moves ports, and the wires of every use with them', () => {
    const two = {
      ...blockFrom({ sum: ['subtract', {}, 'in', 'skip'] }),
      inputs: [
        { id: 'in', at: [0, 0] as const },
        { id: 'skip', at: [0, 99] as const },
      ],
    }
    const net = netOf({ two }, { r: ['relu', {}, 'input'], a: ['own/two', {}, 'r', 'input'] })
    const moved = movePort('two', 'skip', -1)(net)
    expect(moved.blocks['two']?.inputs.map(({ id }) => id)).toEqual(['skip', 'in'])
    const into = (document: Document) =>
      document.wires.filter(({ to }) => to === 'a').map(({ from, input }) => [input, from])
    expect(into(moved)).toEqual([
      [1, 'r'],
      [0, 'input'],
    ])
    expect(movePort('two', 'skip', -1)(moved)).toBe(moved)
    expect(print(movePort('two', 'skip', 1)(moved))).toBe(print(net))
  })

  it('does not let a block into itself', () => {
    const nested = { ...NET, blocks: { ...NET.blocks, outer: blockFrom({ x: ['own/conv', {}, 'in'] }) } }
    expect(inBlock('conv', addNode('own/outer', [0, 0]))(nested)).toBe(nested)
    expect(inBlock('conv', addNode('own/conv', [0, 0]))(nested)).toBe(nested)
    expect(inBlock('outer', addNode('own/conv', [0, 0], 'y'))(nested).blocks['outer']?.nodes['y']?.type).toBe(
      'own/conv',
    )
  })

  it('renames, copies, describes and removes blocks, but none that is used', () => {
    const renamed = renameBlock('conv', 'step')(NET)
    expect([Object.keys(renamed.blocks), renamed.nodes['a']?.type, total(renamed)]).toEqual([
      ['step'],
      'own/step',
      total(NET),
    ])
    expect(renameBlock('conv', 'Bad name')(NET)).toBe(NET)
    expect(describeBlock('conv', { title: 'Step', doc: 'Does it.' })(NET).blocks['conv']).toMatchObject({
      title: 'Step',
      doc: 'Does it.',
    })
    const copied = duplicateBlock('conv', 'conv_2')(NET)
    expect(copied.blocks['conv_2']?.title).toBe('Block copy')
    expect(duplicateBlock('conv', 'conv')(NET)).toBe(NET)
    expect(whyKept(NET, 'conv')).toBe('Block is used by a, b; remove or ungroup these first.')
    expect(removeBlock('conv')(NET)).toBe(NET)
    expect(Object.keys(removeBlock('conv_2')(copied).blocks)).toEqual(['conv'])
    expect([freeBlockName(NET, 'Conv'), freeBlockName(NET, '3x3 Stem!'), freeBlockName(NET, '…')]).toEqual([
      'conv_2',
      'x3_stem',
      'block',
    ])
  })

  it('exposes parameters and takes them back', () => {
    const exposed = exposeParam('conv', [{ node: 'conv', param: 'filters' }], 'N')(NET)
    expect(exposed.blocks['conv']?.params).toEqual([
      { name: 'N', kind: 'int', doc: 'Output channels.', default: 8, min: 1, max: 65_536 },
    ])
    expect([exposed.blocks['conv']?.nodes['conv']?.params['filters'], exposed.nodes['b']?.params]).toEqual([
      '=N',
      { N: 8 },
    ])
    expect(analyze(exposed)).toMatchObject({ issues: [], parameters: { total: total(NET) } })
    expect(exposeParam('conv', [{ node: 'conv', param: 'kernel' }], 'N')(exposed)).toBe(exposed)
    expect(exposeParam('conv', [{ node: 'conv', param: 'kernel' }], 'max')(exposed)).toBe(exposed)
    const formula = steps(exposed, inBlock('conv', setParam('conv', 'filters', '=2*N')), setParam('b', 'N', 3))
    const renamed = changeParam('conv', 'N', { name: 'width', max: 64 })(formula)
    expect([renamed.blocks['conv']?.nodes['conv']?.params['filters'], renamed.nodes['b']?.params]).toEqual([
      '=2*width',
      { width: 3 },
    ])
    expect(total(renamed)).toBe(total(formula))
    expect(changeParam('conv', 'width', { max: 4 })(renamed)).toBe(renamed)
    const hidden = hideParam('conv', 'width')(renamed)
    expect([
      hidden.blocks['conv']?.params,
      hidden.blocks['conv']?.nodes['conv']?.params['filters'],
      hidden.nodes['b']?.params,
    ]).toEqual([[], 16, {}])
    expect(hideParam('conv', 'N')(NET)).toBe(NET)
  })

  it('makes blocks inside blocks, which take the parameters that they name, and ungroups them again', () => {
    const net = netOf(
      {
        wide: blockFrom({ a: ['conv2d', { filters: '=N' }, 'in'], b: ['conv2d', { filters: '=2*N+K' }, 'a'] }, [
          whole('N', 4),
          whole('K', 1),
          whole('L', 1),
        ]),
      },
      { x: ['own/wide', { N: 6 }, 'input'] },
    )
    const nested = inBlock('wide', makeBlock(['b'], { name: 'inner', title: 'Inner' }))(net)
    expect(nested.blocks['inner']?.params.map(({ name }) => name)).toEqual(['N', 'K'])
    expect(nested.blocks['wide']?.nodes['inner']).toMatchObject({ type: 'own/inner', params: { N: '=N', K: '=K' } })
    expect(analyze(nested)).toMatchObject({ issues: [], parameters: { total: total(net) } })
    expect(print(inBlock('wide', ungroup('inner'))(nested))).toBe(print(net))
    const scaled = inBlock('wide', setParam('inner', 'N', '=3*N'))(nested)
    const flat = inBlock('wide', ungroup('inner'))(scaled)
    expect(flat.blocks['wide']?.nodes['b']?.params['filters']).toBe('=2*(3*N)+K')
    expect(total(flat)).toBe(total(scaled))
    expect(ungroup('x')(flat).nodes['b']?.params['filters']).toBe(2 * 3 * 6 + 1)
  })
})

describe('taking blocks elsewhere', () => {
  it('copies the blocks that nodes use, and knows equal ones again', () => {
    const nested = { ...NET, blocks: { ...NET.blocks, outer: blockFrom({ x: ['own/conv', {}, 'in'] }) } }
    const used = steps(nested, addNode('own/outer', [0, 200], 'o'))
    const fragment = copy(used, ['o'])
    expect(Object.keys(fragment.blocks ?? {}).sort()).toEqual(['conv', 'outer'])
    expect(Object.keys(paste(fragment)(used).blocks).sort()).toEqual(['conv', 'outer'])
    const empty = netOf({}, {})
    expect(total(paste(fragment)(empty))).toBe(total(empty))
    const other = netOf({ conv: blockFrom({ a: ['relu', {}, 'in'] }) }, {})
    const pasted = paste(fragment)(other)
    expect(Object.keys(pasted.blocks).sort()).toEqual(['conv', 'conv_2', 'outer'])
    expect(pasted.blocks['outer']?.nodes['x']?.type).toBe('own/conv_2')
    expect(Object.keys(paste(fragment)(pasted).blocks).sort()).toEqual(['conv', 'conv_2', 'outer'])
  })

  it('copies out of a block what it means there', () => {
    const wide = blockFrom({ conv: ['conv2d', { filters: '=2*N' }, 'in'] }, [whole('N', 4)])
    const net = netOf({ wide }, {})
    const fragment = copy(insideOf(net, 'wide', { N: 5 })!, ['in', 'conv', 'out'])
    const pasted = paste(fragment)(net)
    expect([Object.keys(pasted.nodes), pasted.nodes['conv']?.params['filters']]).toEqual([
      ['input', 'pool', 'logits', 'main', 'conv'],
      10,
    ])
    expect(inBlock('wide', paste(fragment))(net).blocks['wide']?.nodes['conv_2']?.params['filters']).toBe('=2*N')
    const more = inBlock('wide', paste(copy(net, ['main', 'input'])))(net).blocks['wide']?.nodes
    expect(Object.keys(more ?? {})).toEqual(['conv', 'main'])
  })

  it('shares a block as a file with all that it needs', () => {
    const nested = {
      ...NET,
      blocks: { ...NET.blocks, outer: { ...blockFrom({ x: ['own/conv', {}, 'in'] }), title: 'Outer' }, more: conv },
    }
    const text = printBundle(bundleOf(nested, 'outer')!)
    const read = parseBundle(text)
    expect([read.name, Object.keys(read.blocks)]).toEqual(['outer', ['conv', 'outer']])
    expect(printBundle(read)).toBe(text)
    expect(mergeBlocks({}, read.blocks)).toEqual({ blocks: read.blocks, names: new Map([['conv', 'conv'], ['outer', 'outer']]) }) // prettier-ignore
    expect(bundleOf(nested, 'none')).toBeUndefined()
    expect(() => parseBundle(print(nested))).toThrow(AppError)
  })

  it('keeps ports of blocks in place when wires go', () => {
    const two = { ...blockFrom({ sum: ['add', {}, 'in', 'skip'] }), inputs: [{ id: 'in', at: [0, 0] as const }, { id: 'skip', at: [0, 99] as const }] } // prettier-ignore
    const net = netOf({ two }, { r: ['relu', {}, 'input'], a: ['own/two', {}, 'r', 'input'] })
    const wire = net.wires.find(({ from, to }) => from === 'r' && to === 'a')!
    for (const edited of [disconnect(wire)(net), removeNodes(['r'])(net)]) {
      expect(edited.wires.filter(({ to }) => to === 'a')).toEqual([{ from: 'input', to: 'a', input: 1 }])
    }
    expect(connect('pool', 'a')(net)).toBe(net)
  })
})
