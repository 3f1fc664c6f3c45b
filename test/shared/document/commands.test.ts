import { describe, expect, it } from 'vitest'
import { copy, duplicate, paste, pastedIds } from '../../../src/shared/document/clipboard.js'
import {
  addNode,
  freeId,
  moveNodes,
  removeNodes,
  renameDocument,
  renameNode,
  setParam,
  setParams,
  setTraining,
} from '../../../src/shared/document/commands.js'
import { emptyDocument } from '../../../src/shared/document/document.js'
import { summaryOf } from '../../../src/shared/document/kinds.js'
import { LIMITS } from '../../../src/shared/limits.js'
import { graphOf, SMALL } from '../graph-of.js'

describe('nodes', () => {
  it('are added with every default written out, under a free id', () => {
    const document = [addNode('dense', [0.4, 10]), addNode('dense', [1e9, NaN]), addNode('relu', [0, 0], 'act')].reduce(
      (edited, command) => command(edited),
      emptyDocument('Mine'),
    )
    expect(document).toEqual({
      ...emptyDocument('Mine'),
      nodes: {
        dense: { type: 'dense', params: { units: 10, bias: true }, at: [0, 10] },
        dense_2: { type: 'dense', params: { units: 10, bias: true }, at: [LIMITS.coordinate, 0] },
        act: { type: 'relu', params: {}, at: [0, 0] },
      },
    })
  })

  it('are not added under a taken or impossible id', () => {
    const ids = ['conv', 'Conv', '1a', 'a/b', '__proto__', 'constructor', '', 'a'.repeat(257)]
    expect(ids.map((id) => addNode('relu', [0, 0], id)(SMALL) === SMALL)).toEqual(ids.map(() => true))
    expect(ids.map((id) => freeId(SMALL, id))).toEqual([
      'conv_2',
      'conv_2',
      'a',
      'a_b',
      'proto__',
      'node',
      'node',
      'a'.repeat(200),
    ])
    expect(freeId(SMALL, 'conv', new Set(['conv_2']))).toBe('conv_3')
  })

  it('are removed with their wires, and later inputs move up', () => {
    const document = graphOf({
      a: ['input'],
      b: ['relu', {}, 'a'],
      c: ['relu', {}, 'a'],
      sum: ['add', {}, 'a', 'b', 'c', 'a'],
    })
    expect(removeNodes(['b', 'nobody'])(document).wires).toEqual([
      { from: 'a', to: 'c', input: 0 },
      { from: 'a', to: 'sum', input: 0 },
      { from: 'c', to: 'sum', input: 1 },
      { from: 'a', to: 'sum', input: 2 },
    ])
    expect(removeNodes(['nobody'])(document)).toBe(document)
  })

  it('take parameters, places and names', () => {
    const edited = [
      setParam('conv', 'filters', 8),
      setParams(['conv', 'logits'], { bias: false }),
      moveNodes({ conv: [5, 6], nobody: [1, 1] }),
      renameNode('conv', 'first'),
    ].reduce((document, command) => command(document), SMALL)
    expect(edited.nodes['first']).toEqual({
      type: 'conv2d',
      params: {
        filters: 8,
        kernel: [3, 3],
        stride: [1, 1],
        padding: 'same',
        pads: [1, 1, 1, 1],
        dilation: [1, 1],
        groups: 1,
        bias: false,
      },
      at: [5, 6],
    })
    expect(Object.keys(edited.nodes)).toEqual(['input', 'first', 'pool', 'logits', 'main'])
    expect(edited.wires.slice(0, 2)).toEqual([
      { from: 'input', to: 'first', input: 0 },
      { from: 'first', to: 'pool', input: 0 },
    ])
    expect(edited.nodes['logits']!.params).toEqual({ units: 5, bias: false })
    expect(setParam('conv', 'filters', undefined)(SMALL).nodes['conv']!.params).not.toHaveProperty('filters')
  })

  it('stay the same object when nothing changes', () => {
    const commands = [
      setParam('conv', 'kernel', [3, 3]),
      setParam('nobody', 'kernel', 5),
      moveNodes({ conv: [208, 0] }),
      renameNode('conv', 'pool'),
      renameNode('conv', 'Bad name'),
      renameNode('nobody', 'somebody'),
      renameDocument('Test'),
      setTraining({}),
      duplicate(['nobody']),
    ]
    expect(commands.map((command) => command(SMALL) === SMALL)).toEqual(commands.map(() => true))
  })

  it('say their settings in a line, whatever their parameters hold', () => {
    const line = (type: string, params: object) => summaryOf({ type, params: { ...params } })
    expect([
      line('conv2d', { filters: 8, stride: [2, 2] }),
      line('conv2d', { filters: 'x', kernel: 0 }),
      line('wormhole', {}),
    ]).toEqual(['8 · 3x3 / 2, same', '64 · 3x3, same', ''])
  })
})

describe('the document', () => {
  it('takes a title and training settings', () => {
    const { name, training } = [renameDocument('é'.repeat(300)), setTraining({ epochs: 3 })].reduce(
      (document, command) => command(document),
      setTraining({ epochs: 1, batch: 8 })(SMALL),
    )
    expect({ name, training }).toEqual({
      name: 'é'.repeat(256),
      training: { epochs: 3, batch: 8 },
    })
  })
})

describe('copies', () => {
  it('carry the wires between them and find free names', () => {
    const fragment = copy(SMALL, ['conv', 'pool', 'nobody', 'conv'])
    expect(fragment.wires).toEqual([{ from: 'conv', to: 'pool', input: 0 }])
    expect(Object.fromEntries(pastedIds(SMALL, fragment))).toEqual({ conv: 'conv_2', pool: 'pool_2' })
    const pasted = paste(fragment, [10, -10])(SMALL)
    expect(pasted.nodes['conv_2']).toEqual({ ...SMALL.nodes['conv'], at: [218, -10] })
    expect(pasted.wires.slice(SMALL.wires.length)).toEqual([{ from: 'conv_2', to: 'pool_2', input: 0 }])
    expect(paste(fragment)(emptyDocument()).nodes).toHaveProperty('conv')
    expect(Object.keys(duplicate(['conv'])(duplicate(['conv'])(SMALL)).nodes)).toContain('conv_3')
  })
})
