import { describe, expect, it } from 'vitest'
import { emptyDocument } from '../../../src/shared/document/document.js'
import { parse, print } from '../../../src/shared/document/file.js'
import { makeBlock, whyNoBlock } from '../../../src/shared/document/make-block.js'
import { ungroup } from '../../../src/shared/document/ungroup.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { graphOf } from '../graph-of.js'

const FORK = graphOf({
  input: ['input', { height: 8, width: 8 }],
  left: ['conv2d', { filters: 3 }, 'input'],
  right: ['conv2d', { filters: 3, kernel: [1, 1] }, 'input'],
  sum: ['add', {}, 'left', 'right'],
  pool: ['global_average_pool', {}, 'sum'],
  logits: ['dense', { units: 4 }, 'pool'],
  main: ['head', {}, 'logits'],
})

const named = { name: 'twin', title: 'Twin' }

describe('making a block', () => {
  it('turns cut wires into ports: one input for each source, one output for each result', () => {
    const made = makeBlock(['left', 'right', 'sum'], named)(FORK)
    expect(Object.keys(made.nodes)).toEqual(['input', 'pool', 'logits', 'main', 'twin'])
    expect(made.nodes['twin']).toEqual({ type: 'own/twin', params: {}, at: [416, 0] })
    expect(made.wires).toEqual([
      { from: 'twin', to: 'pool', input: 0 },
      { from: 'pool', to: 'logits', input: 0 },
      { from: 'logits', to: 'main', input: 0 },
      { from: 'input', to: 'twin', input: 0 },
    ])
    expect(made.blocks['twin']).toEqual({
      title: 'Twin',
      doc: '',
      inputs: [{ id: 'in', at: [-32, 0] }],
      outputs: [{ id: 'out', at: [864, 0] }],
      params: [],
      nodes: { left: FORK.nodes['left'], right: FORK.nodes['right'], sum: FORK.nodes['sum'] },
      wires: [
        { from: 'in', to: 'left', input: 0 },
        { from: 'in', to: 'right', input: 0 },
        { from: 'left', to: 'sum', input: 0 },
        { from: 'right', to: 'sum', input: 1 },
        { from: 'sum', to: 'out', input: 0 },
      ],
    })
    const [before, after] = [analyze(FORK), analyze(made)]
    expect(after.issues).toEqual([])
    expect(after.parameters).toEqual(before.parameters)
    expect(after.multiplyAdds).toBe(before.multiplyAdds)
    expect(after.graph.nodes.map(({ id }) => id)).toEqual([
      'input',
      'twin/left',
      'twin/right',
      'twin/sum',
      'pool',
      'logits',
      'main',
    ])
  })

  it('gives several inputs and outputs an order, and open ends a port', () => {
    const net = graphOf({
      input: ['input', { height: 8, width: 8 }],
      a: ['conv2d', { filters: 2 }, 'input'],
      b: ['conv2d', { filters: 5 }],
      c: ['concat', {}, 'a', 'input'],
      d: ['relu', {}, 'a'],
    })
    const made = makeBlock(['a', 'b'], named)(net)
    expect(made.blocks['twin']?.inputs.map(({ id }) => id)).toEqual(['in', 'in_2'])
    expect(made.wires).toEqual([
      { from: 'twin', to: 'c', input: 0 },
      { from: 'input', to: 'c', input: 1 },
      { from: 'twin', to: 'd', input: 0 },
      { from: 'input', to: 'twin', input: 0 },
    ])
    const both = makeBlock(['a', 'b'], named)({ ...net, wires: [...net.wires, { from: 'b', to: 'c', input: 2 }] })
    expect(both.wires.filter(({ to }) => to === 'c')).toEqual([
      { from: 'twin', to: 'c', input: 0 },
      { from: 'input', to: 'c', input: 1 },
      { from: 'twin', to: 'c', input: 2, output: 1 },
    ])
    expect(parse(print(both)).wires).toHaveLength(both.wires.length)
  })

  it('is refused with a reason', () => {
    const reasons = [[], ['input'], ['input', 'sum'], ['main'], ['pool', 'logits', 'main']]
    expect(reasons.map((ids) => whyNoBlock(FORK, ids))).toEqual([
      'Select the nodes that shall become a block.',
      'input is the input of the net, where images enter it once, however often a block is used; leave it out of the selection.',
      'input is the input of the net, where images enter it once, however often a block is used; leave it out of the selection.',
      undefined,
      undefined,
    ])
    const row = graphOf({ a: ['relu'], b: ['relu', {}, 'a'], c: ['relu', {}, 'b'] })
    expect(whyNoBlock(row, ['a', 'c'])).toBe(
      'b lies between the selected nodes, fed by some and feeding others; select it too.',
    )
    expect(makeBlock(['a', 'c'], named)(row)).toBe(row)
  })
})

describe('ungrouping', () => {
  it('gives new ids where the old are taken, and moves with the block', () => {
    const made = makeBlock(['left', 'right', 'sum'], named)(FORK)
    const twin = { ...made.nodes['twin']!, at: [416, 100] as const }
    const moved = { ...made, nodes: { ...made.nodes, sum: made.nodes['pool']!, twin } }
    const back = ungroup('twin')(moved)
    expect(Object.fromEntries(Object.entries(back.nodes).map(([id, { at }]) => [id, at]))).toMatchObject({
      left: [208, 100],
      right: [416, 100],
      sum_2: [624, 100],
      sum: [832, 0],
    })
    expect(back.wires.filter(({ from }) => from === 'sum_2')).toEqual([{ from: 'sum_2', to: 'pool', input: 0 }])
    expect(ungroup('input')(FORK)).toBe(FORK)
    expect(
      ungroup('a')({ ...emptyDocument(), nodes: { a: { type: 'own/none', params: {}, at: [0, 0] } } }).nodes,
    ).toEqual({ a: { type: 'own/none', params: {}, at: [0, 0] } })
  })
})
