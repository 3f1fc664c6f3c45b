import { describe, expect, it } from 'vitest'
import { compareDocuments } from '../../../src/shared/compare/compare.js'
import { compareRuns } from '../../../src/shared/compare/runs.js'
import {
  moveNodes,
  removeNodes,
  renameDocument,
  renameNode,
  setParam,
  setTraining,
} from '../../../src/shared/document/commands.js'
import type { Document } from '../../../src/shared/document/document.js'
import { parse, print } from '../../../src/shared/document/file.js'
import { makeBlock } from '../../../src/shared/document/make-block.js'
import { insertOnWire } from '../../../src/shared/document/wires.js'
import { DEFAULT_SETTINGS } from '../../../src/shared/training/settings.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'
import { graphOf, SMALL } from '../graph-of.js'
import { randomDocument } from '../random-graph.js'

const change = (document: Document, ...commands: readonly ((d: Document) => Document)[]) =>
  commands.reduce((edited, command) => command(edited), document)

const bent = {
  input: ['input'],
  conv: ['conv2d', {}, 'input'],
  act: ['relu', {}, 'conv'],
  pool: ['global_average_pool', {}, 'act'],
  logits: ['dense', {}, 'pool'],
  main: ['head', {}, 'logits'],
} as const

describe('two documents', () => {
  it('are the same wherever their nodes stand, whatever they are called and however they are stored', () => {
    const moved = change(SMALL, moveNodes({ conv: [500, 500] }), renameDocument('Other'))
    expect(compareDocuments(SMALL, moved).same).toBe(true)
    expect(compareDocuments(SMALL, parse(print(moved))).same).toBe(true)
    const backwards = {
      ...SMALL,
      nodes: Object.fromEntries(Object.entries(SMALL.nodes).reverse()),
      wires: [...SMALL.wires].reverse(),
    }
    expect(compareDocuments(SMALL, backwards).same).toBe(true)
  })

  it('differ by settings, with what follows from them', () => {
    const { same, added, removed, changed, totals } = compareDocuments(SMALL, setParam('conv', 'filters', 8)(SMALL))
    expect({ same, added, removed, totals }).toEqual({
      same: false,
      added: [],
      removed: [],
      totals: {
        parameters: { before: 137, after: 269 },
        trainable: { before: 137, after: 269 },
        multiplyAdds: { before: 6_932, after: 13_864 },
        layers: { before: 5, after: 5 },
        depth: { before: 2, after: 2 },
      },
    })
    const none = { before: 0, after: 0 }
    expect(changed).toEqual([
      {
        id: 'conv',
        type: 'conv2d',
        params: [{ name: 'filters', before: 4, after: 8 }],
        shape: { before: [8, 8, 4], after: [8, 8, 8] },
        parameters: { before: 112, after: 224 },
        multiplyAdds: { before: 6_912, after: 13_824 },
      },
      {
        id: 'pool',
        type: 'global_average_pool',
        params: [],
        shape: { before: [4], after: [8] },
        parameters: none,
        multiplyAdds: none,
      },
      {
        id: 'logits',
        type: 'dense',
        params: [],
        parameters: { before: 25, after: 45 },
        multiplyAdds: { before: 20, after: 40 },
      },
    ])
  })

  it('differ by nodes that came, went, were wired anew, and by what they remember', () => {
    const wire = SMALL.wires.find(({ to }) => to === 'pool')!
    const other = change(SMALL, insertOnWire(wire, 'relu', [0, 0], 'bent'), setTraining({ batch: 8 }))
    const { added, removed, changed, training } = compareDocuments(SMALL, other)
    const facts = { output: [8, 8, 4], parameters: 0, trainable: 0, multiplyAdds: 0, layers: 1 }
    expect({ added, removed, training }).toEqual({
      added: [{ id: 'bent', type: 'relu', facts }],
      removed: [],
      training: [{ name: 'batch', after: 8 }],
    })
    expect(changed.map(({ id, inputs }) => [id, inputs])).toEqual([['pool', { before: ['conv'], after: ['bent'] }]])
    const back = compareDocuments(other, SMALL)
    expect([back.removed, back.added, back.training]).toEqual([added, [], [{ name: 'batch', before: 8 }]])
  })

  it('find nodes again that have another name, a whole chain of them too', () => {
    const renamed = change(SMALL, renameNode('conv', 'first'), renameNode('pool', 'mean'), renameNode('logits', 'fc'))
    const { added, removed, changed } = compareDocuments(SMALL, renamed)
    expect([added, removed]).toEqual([[], []])
    expect(changed.map(({ id, was, params, inputs }) => [was, id, params, inputs])).toEqual([
      ['conv', 'first', [], undefined],
      ['pool', 'mean', [], undefined],
      ['logits', 'fc', [], undefined],
    ])
  })

  it('show a node that became another layer as one change, and what it feeds as fed by the same', () => {
    const other = graphOf({ ...bent, act: ['gelu', {}, 'conv'] })
    const { added, removed, changed, sameLayers } = compareDocuments(graphOf(bent), other)
    expect([added, removed, sameLayers]).toEqual([[], [], false])
    const none = { before: 0, after: 0 }
    expect(changed).toEqual([
      { id: 'act', type: 'gelu', wasType: 'relu', params: [], parameters: none, multiplyAdds: none },
    ])
  })

  it('say that they compute the same where only names or blocks differ, and never of nets with errors', () => {
    const document = graphOf(bent)
    const same = (other: Document) => {
      const { same, sameLayers } = compareDocuments(document, other)
      return [same, sameLayers]
    }
    expect([
      same(makeBlock(['conv', 'act'], { name: 'brick', title: 'Brick' })(document)),
      same(renameNode('conv', 'first')(document)),
      same(setParam('conv', 'filters', 9)(document)),
      // What is no value counts as the default: still no net that computes.
      same(setParam('conv', 'filters', 0)(document)),
    ]).toEqual([
      [false, true],
      [false, true],
      [false, false],
      [false, false],
    ])
  })

  it('of one family show its few differences', () => {
    const [v1, v15] = ['v1', 'v1.5'].map((variant) => buildTemplate(templateOf('resnet-50')!, { variant }))
    const { added, removed, changed, totals } = compareDocuments(v1!, v15!)
    expect([added, removed, totals.parameters.before - totals.parameters.after]).toEqual([[], [], 0])
    expect(changed.map(({ id, params }) => [id, params.map(({ name }) => name)])).toEqual(
      expect.arrayContaining([['stage_2_block_1', ['variant']]]),
    )
  })

  it('that are broken or hold nothing are compared all the same', () => {
    const broken = graphOf({ a: ['relu', {}, 'b'], b: ['wormhole', {}, 'a'] })
    expect(compareDocuments(broken, broken).same).toBe(true)
    expect(compareDocuments(broken, removeNodes(['b'])(broken)).removed.map(({ id }) => id)).toEqual(['b'])
  })

  it('are equal to themselves, and every edit of one node is found at that node', () => {
    const CASES = 500
    for (let seed = 0; seed < CASES; seed++) {
      const document = randomDocument(seed)
      expect(compareDocuments(document, randomDocument(seed)).same).toBe(true)
      const ids = Object.keys(document.nodes)
      const gone = ids[seed % ids.length]!
      const { removed, added } = compareDocuments(document, removeNodes([gone])(document))
      expect({ seed, removed: removed.map(({ id }) => id), added }).toEqual({ seed, removed: [gone], added: [] })
    }
    console.log(`cases=${CASES}`)
  })
})

const TWO_HEADS = graphOf({
  input: ['input', { height: 8, width: 8 }],
  pool: ['global_average_pool', {}, 'input'],
  aux_1: ['head', {}, 'pool'],
  main: ['head', {}, 'pool'],
})

describe('two runs', () => {
  it('differ in net, settings and results', () => {
    const validation = (loss: number, accuracy: number) =>
      ({ type: 'validation', step: 1, epoch: 1, loss, heads: { main: { loss, accuracy } } }) as const
    const run = { document: SMALL, settings: DEFAULT_SETTINGS }
    const { net, settings, results } = compareRuns(
      { ...run, validation: validation(0.5, 0.75) },
      { ...run, settings: { ...DEFAULT_SETTINGS, batch: 8, steps: 10 }, validation: validation(0.25, 0.9) },
    )
    expect({ same: net.same, settings, results }).toEqual({
      same: true,
      settings: [
        { name: 'batch', before: 32, after: 8 },
        { name: 'steps', after: 10 },
      ],
      results: [
        { name: 'loss', before: 0.5, after: 0.25 },
        { name: 'main loss', before: 0.5, after: 0.25 },
        { name: 'main accuracy', before: 0.75, after: 0.9 },
      ],
    })
    const after = compareRuns(run, { ...run, validation: validation(1, 0) })
    expect(after.results[0]).toEqual({ name: 'loss', after: 1 })
  })

  it('show the main head before the others, however their numbers are ordered', () => {
    const numbers = { loss: 1, accuracy: 0 }
    const heads = { aux_1: numbers, main: numbers, unknown: numbers }
    const run = {
      document: TWO_HEADS,
      settings: DEFAULT_SETTINGS,
      validation: { type: 'validation', step: 1, epoch: 1, loss: 2, heads },
    } as const
    expect(compareRuns(run, run).results.map(({ name }) => name)).toEqual([
      'loss',
      ...['main loss', 'main accuracy', 'aux_1 loss', 'aux_1 accuracy', 'unknown loss', 'unknown accuracy'],
    ])
  })
})
