import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { emptyDocument, type Document, type NodeId } from '../../../src/shared/document/document.js'
import { parse, print } from '../../../src/shared/document/file.js'
import { inBlock, insideOf } from '../../../src/shared/document/inside.js'
import { makeBlock, whyNoBlock } from '../../../src/shared/document/make-block.js'
import { ungroup } from '../../../src/shared/document/ungroup.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import type { Analysis } from '../../../src/shared/graph/graph.js'
import { hash } from '../../../src/shared/random.js'
import { hostileDocument } from '../hostile-document.js'
import { randomDocument } from '../random-graph.js'

const named = { name: 'twin', title: 'Twin' }

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

/** The path of a layer without the blocks that it was put into. */
const outside = (path: string) => path.replace(/^twin(_\d+)?\//, '').replace(/^inner(_\d+)?\//, '')

/** The main head and the others by their names outside of blocks. */
function headsOf({ heads }: Analysis) {
  const [main, ...others] = heads.map(({ origin: _, id, ...facts }) => ({ ...facts, id: outside(id) }))
  return { main, others: others.sort((a, b) => (a.id < b.id ? -1 : 1)) }
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

  it('keeps shapes, heads, numbers and problems of what becomes a block', () => {
    let [cases, heads] = [0, 0]
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.nat(0xffffffff), (net, seed) => {
        const document = randomDocument(net)
        const ids = selectionOf(document, seed).filter((id) => document.nodes[id]!.type !== 'input')
        const made = makeBlock(ids, named)(document)
        if (made === document) return
        cases++
        const [before, after] = [analyze(document), analyze(made)]
        heads += after.heads.filter(({ id }) => id.startsWith('twin')).length
        expect(after.issues).toEqual([])
        expect(after.parameters).toEqual(before.parameters)
        expect(after.multiplyAdds).toBe(before.multiplyAdds)
        expect(headsOf(after)).toEqual(headsOf(before))
        const shapes = (nodes: typeof after.nodes) =>
          Object.fromEntries(Object.values(nodes).map(({ id, output }) => [outside(id), output]))
        expect(shapes(after.nodes)).toEqual(shapes(before.nodes))
        expect(analyze(parse(print(made))).parameters).toEqual(before.parameters)
      }),
      { seed: 8, numRuns: 500 },
    )
    console.log(`cases=${cases}, ${heads} heads in blocks`)
    expect(cases).toBeGreaterThan(100)
    expect(heads).toBeGreaterThan(50)
  })

  it('keeps all of that for blocks within blocks, and comes back from within', () => {
    let cases = 0
    const inner = { name: 'inner', title: 'Inner' }
    fc.assert(
      fc.property(fc.nat(0xffffffff), fc.nat(0xffffffff), (net, seed) => {
        const document = randomDocument(net)
        const plain = (nodes: Document['nodes'], ids: readonly NodeId[]) =>
          ids.filter((id) => !['input', 'block_input', 'block_output'].includes(nodes[id]!.type))
        const made = makeBlock(plain(document.nodes, selectionOf(document, seed)), named)(document)
        const inside = insideOf(made, 'twin')
        if (!inside) return
        const nested = inBlock('twin', makeBlock(plain(inside.nodes, selectionOf(inside, seed + 1)), inner))(made)
        if (nested === made) return
        cases++
        const [before, after] = [analyze(document), analyze(nested)]
        expect(after.issues).toEqual([])
        expect(after.parameters).toEqual(before.parameters)
        expect(after.multiplyAdds).toBe(before.multiplyAdds)
        expect(headsOf(after)).toEqual(headsOf(before))
        const use = (nodes: Document['nodes'], type: string) =>
          Object.keys(nodes).find((id) => nodes[id]!.type === type)!
        const flatInside = inBlock('twin', ungroup(use(nested.blocks['twin']!.nodes, 'own/inner')))(nested)
        expect(textOf(flatInside)).toEqual(textOf(made))
        const outer = ungroup(use(nested.nodes, 'own/twin'))(nested)
        expect(textOf(ungroup(use(outer.nodes, 'own/inner'))(outer))).toEqual(textOf(document))
      }),
      { seed: 10, numRuns: 600 },
    )
    console.log(`cases=${cases}`)
    expect(cases).toBeGreaterThan(100)
  })
})
