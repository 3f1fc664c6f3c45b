import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyDocument, type Document, type NodeId } from '../../../src/shared/document/document.js'
import { parse, print } from '../../../src/shared/document/file.js'
import { makeBlock, whyNoBlock } from '../../../src/shared/document/make-block.js'
import { ungroup } from '../../../src/shared/document/ungroup.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { hash } from '../../../src/shared/random.js'
import { graphOf } from '../graph-of.js'
import { hostileDocument } from '../hostile-document.js'
import { randomDocument } from '../random-graph.js'

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
    const reasons = [[], ['input'], ['main'], ['left', 'sum', 'pool', 'logits', 'main'], ['input', 'sum']]
    expect(reasons.map((ids) => whyNoBlock(FORK, ids))).toEqual([
      'Select the nodes that shall become a block.',
      'input is the input of the net, which stays outside; leave it out of the selection.',
      'main is a head, and heads stay outside; leave it out of the selection.',
      'main is a head, and heads stay outside; leave it out of the selection.',
      'input is the input of the net, which stays outside; leave it out of the selection.',
    ])
    const row = graphOf({ a: ['relu'], b: ['relu', {}, 'a'], c: ['relu', {}, 'b'] })
    expect(whyNoBlock(row, ['a', 'c'])).toBe(
      'b lies between the selected nodes, fed by some and feeding others; select it too.',
    )
    expect(makeBlock(['a', 'c'], named)(row)).toBe(row)
  })
})

/** Some of a document's nodes, by a seed. */
function selectionOf(document: Document, seed: number): NodeId[] {
  const ids = Object.keys(document.nodes)
  const start = hash(seed, 0) % ids.length
  const length = 1 + (hash(seed, 1) % ids.length)
  const keep = hash(seed, 2) % 3
  return ids.filter((_, i) => (keep === 0 ? hash(seed, 3 + i) % 2 === 0 : i >= start && i < start + length))
}

/** The file of a document, line by line; the order of wires means nothing. */
function textOf({ wires, ...document }: Document): readonly string[] {
  return [
    print({ ...document, wires: [] }),
    ...wires.map((wire) => print({ ...emptyDocument(), wires: [wire] })).sort(),
  ]
}

describe('ungrouping', () => {
  it('is the exact inverse of making a block, on random nets and on hostile documents', () => {
    const count = { made: 0, refused: 0 }
    const check = (document: Document, seed: number) => {
      if (Object.keys(document.nodes).length === 0) return
      const ids = selectionOf(document, seed)
      const made = makeBlock(ids, named)(document)
      const use = Object.keys(made.nodes).find((id) => made.nodes[id]!.type === 'own/twin')
      if (whyNoBlock(document, ids) !== undefined || use === undefined) {
        count.refused++
        expect(made).toBe(document)
        return
      }
      count.made++
      const back = ungroup(use)(made)
      expect(textOf(back)).toEqual(textOf(document))
      expect({ ...back, wires: [] }).toEqual({ ...document, wires: [] })
    }
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.nat(0xffffffff), (net, seed) => check(randomDocument(net), seed)),
      { seed: 6, numRuns: 1_500 },
    )
    fc.assert(
      fc.property(hostileDocument, fc.nat(0xffffffff), (document, seed) => check(document, seed)),
      { seed: 7, numRuns: 1_500 },
    )
    console.log(`cases=${count.made} made and ungrouped, ${count.refused} refused`)
    expect(count.made).toBeGreaterThan(500)
  })

  it('keeps shapes, numbers and problems of what becomes a block', () => {
    let cases = 0
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.nat(0xffffffff), (net, seed) => {
        const document = randomDocument(net)
        const ids = selectionOf(document, seed).filter((id) => !['input', 'head'].includes(document.nodes[id]!.type))
        const made = makeBlock(ids, named)(document)
        if (made === document) return
        cases++
        const [before, after] = [analyze(document), analyze(made)]
        expect(after.issues).toEqual([])
        expect(after.parameters).toEqual(before.parameters)
        expect(after.multiplyAdds).toBe(before.multiplyAdds)
        const shapes = (nodes: typeof after.nodes) =>
          Object.fromEntries(Object.values(nodes).map(({ id, output }) => [id.replace(/^twin(_\d+)?\//, ''), output]))
        expect(shapes(after.nodes)).toEqual(shapes(before.nodes))
        expect(analyze(parse(print(made))).parameters).toEqual(before.parameters)
      }),
      { seed: 8, numRuns: 500 },
    )
    console.log(`cases=${cases}`)
    expect(cases).toBeGreaterThan(100)
  })

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
