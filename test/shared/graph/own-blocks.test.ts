import { describe, expect, it } from 'vitest'
import type { BlockDefinition, Document } from '../../../src/shared/document/document.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { enter } from '../../../src/shared/graph/enter.js'
import { removeNodes, setParam } from '../../../src/shared/document/commands.js'
import { inBlock } from '../../../src/shared/document/inside.js'
import { ownBlockOf } from '../../../src/shared/graph/own-block.js'
import { LIMITS } from '../../../src/shared/limits.js'
import { blockFrom, netOf, whole } from '../own-blocks.js'

const told = (document: Document) =>
  analyze(document).issues.map(({ code, message, where }) => ({ code, message, where }))

describe('the inside of own blocks', () => {
  it('takes its widths from expressions, at each use its own', () => {
    const wide = blockFrom({ conv: ['conv2d', { filters: '=1.5*N', kernel: ['=k', 1] }, 'in'] }, [
      whole('N', 8),
      whole('k', 3),
    ])
    const net = netOf({ wide }, { a: ['own/wide', { N: 4, k: 5 }, 'input'], b: ['own/wide', {}, 'a'] })
    const { issues, nodes } = analyze(net)
    expect(issues).toEqual([])
    expect([nodes['a/conv'], nodes['b/conv']].map((facts) => [facts?.output, facts?.weights['kernel']?.shape])).toEqual(
      [
        [
          [8, 8, 6],
          [5, 1, 3, 6],
        ],
        [
          [8, 8, 12],
          [3, 1, 6, 12],
        ],
      ],
    )
  })

  it('says which value an expression has, and what is wrong with it', () => {
    const wide = blockFrom(
      { conv: ['conv2d', { filters: '=N/2' }, 'in'], relu: ['conv2d', { filters: '=2*' }, 'conv'] },
      [whole('N', 8)],
    )
    expect(told(netOf({ wide }, { a: ['own/wide', { N: 5 }, 'input'], b: ['own/wide', { N: 0 }, 'a'] }))).toEqual([
      {
        code: 'param/invalid',
        message: 'Inside the block Block: filters of conv must be a whole number, not 2.5; it comes from =N/2.',
        where: { node: 'a', inner: 'a/conv', block: 'wide', param: 'filters' },
      },
      {
        code: 'param/invalid',
        message:
          'Inside the block Block: filters of relu is =2*: it ends where a number or a parameter is expected (character 4).',
        where: { node: 'a', inner: 'a/relu', block: 'wide', param: 'filters' },
      },
      { code: 'param/invalid', message: 'N of b must be 1 to 4096, not 0.', where: { node: 'b', param: 'N' } },
    ])
  })

  it('finds a problem of the block once, mends it for every use, and knows no block it does not have', () => {
    const broken = blockFrom({ a: ['relu', {}, 'in'], b: ['relu'], c: ['capsules', {}, 'a'], d: ['input'] }, [], 'a')
    const net = netOf(
      { broken },
      { x: ['own/broken', {}, 'input'], y: ['own/broken', {}, 'x'], z: ['own/gone', {}, 'y'] },
    )
    const { issues } = analyze(net)
    expect(issues.map(({ code, where }) => [code, where.inner ?? where.node, where.block])).toEqual([
      ['graph/not-connected', 'x/b', 'broken'],
      ['node/unknown-type', 'x/c', 'broken'],
      ['block/not-inside', 'x/d', 'broken'],
      ['graph/dead-end', 'x/d', 'broken'],
      ['node/unknown-type', 'z', undefined],
    ])
    const unused = netOf(
      { broken: blockFrom({ a: ['relu', {}, 'in'], b: ['relu', {}, 'in'] }, [], 'a') },
      { x: ['own/broken', {}, 'input'] },
    )
    const [issue] = analyze(unused).issues
    expect(issue).toMatchObject({ code: 'graph/dead-end', where: { node: 'x', inner: 'x/b', block: 'broken' } })
    const mended = issue!.fix!.command(unused)
    expect(Object.keys(mended.blocks['broken']!.nodes)).toEqual(['a'])
    expect(analyze(mended).issues).toEqual([])
  })

  it('wants a wire at every input and knows its outputs', () => {
    const two: BlockDefinition = {
      ...blockFrom({ sum: ['add', {}, 'in', 'skip'] }),
      inputs: [
        { id: 'in', at: [0, 0] },
        { id: 'skip', at: [0, 100] },
      ],
    }
    const net = netOf({ two }, { a: ['own/two', {}, 'input'] })
    const wires = [...net.wires, { from: 'a', output: 1, to: 'pool', input: 0 }]
    expect(told({ ...net, wires }).map(({ code, message }) => [code, message])).toEqual([
      ['wire/no-such-output', 'A wire to pool leaves output 2 of a, which has one output.'],
      ['graph/not-connected', 'Input 2 (skip) of a has no wire.'],
    ])
  })

  it('shows the inside of a use with the shapes that enter there', () => {
    const inner = blockFrom({ conv: ['conv2d', { filters: '=M', stride: [2, 2] }, 'in'] }, [whole('M', 8)])
    const outer = blockFrom({ one: ['own/inner', { M: '=2*N' }, 'in'], two: ['own/inner', { M: '=4*N' }, 'one'] }, [
      whole('N', 1),
    ])
    const net = netOf({ inner, outer }, { a: ['own/outer', { N: 3 }, 'input'] })
    const root = analyze(net)
    const first = enter(net, root, 'a')!
    const inside = analyze(first.document, { ports: first.ports })
    expect(inside.issues).toEqual([])
    expect(Object.entries(inside.origins).map(([id, facts]) => [id, facts.output])).toEqual([
      ['in', [8, 8, 3]],
      ['one', [4, 4, 6]],
      ['two', [2, 2, 12]],
      ['out', [2, 2, 12]],
    ])
    const second = enter(first.document, inside, 'two')!
    expect(second.document.within).toMatchObject({ block: 'inner', values: { M: 12 } })
    expect(analyze(second.document, { ports: second.ports }).parameters.total).toBe(6 * 9 * 12 + 12)
    expect([enter(net, root, 'input'), enter(net, root, 'nobody')]).toEqual([undefined, undefined])
  })
})

it('opens a block anew where it or one it uses was edited, added or taken away, and no other', () => {
  const inner = blockFrom({ a: ['conv2d', { filters: 2 }, 'in'] })
  const outer = blockFrom({ b: ['own/inner', {}, 'in'], c: ['own/later', {}, 'b'] }, [], 'b')
  const net = netOf({ inner, outer, other: { ...inner } }, { x: ['own/outer', {}, 'input'] })
  const opened = (document: Document) =>
    ['own/inner', 'own/outer', 'own/other'].map((type) => ownBlockOf(document, type))
  const before = opened(net)
  const same = (document: Document) => opened(document).map((own, i) => own === before[i])
  expect(same({ ...net, blocks: { ...net.blocks } })).toEqual([true, true, true])
  expect(same(inBlock('inner', setParam('a', 'filters', 3))(net))).toEqual([false, false, true])
  expect(same(inBlock('outer', removeNodes(['c']))(net))).toEqual([true, false, true])
  expect(same({ ...net, blocks: { ...net.blocks, later: inner } })).toEqual([true, false, true])
  expect(analyze(inBlock('inner', setParam('a', 'filters', 7))(net)).origins['x']?.output).toEqual([8, 8, 7])
})

it('offers fixes inside a block as in a net', () => {
  const uneven = blockFrom({
    left: ['conv2d', { filters: 8 }, 'in'],
    right: ['conv2d', { filters: 4 }, 'in'],
    sum: ['add', {}, 'left', 'right'],
  })
  const net = netOf({ uneven }, { a: ['own/uneven', {}, 'input'], b: ['own/uneven', {}, 'a'] })
  const { document, ports } = enter(net, analyze(net), 'a')!
  const [issue] = analyze(document, { ports }).issues
  expect(issue).toMatchObject({ code: 'shape/mismatch', where: { node: 'sum', input: 1 } })
  const mended = inBlock('uneven', issue!.fix!.command)(net)
  expect(analyze(mended).issues).toEqual([])
})

describe('hostile own blocks', () => {
  it('a block that contains itself, also through others, is a located issue', () => {
    const a = blockFrom({ inner: ['own/b', {}, 'in'] })
    const b = blockFrom({ again: ['own/a', {}, 'in'] })
    expect(told(netOf({ a, b }, { x: ['own/a', {}, 'input'], y: ['own/a', {}, 'x'] }))).toEqual([
      {
        code: 'block/contains-itself',
        message: 'The block Block contains itself: a → b → a.',
        where: { node: 'x', inner: 'x/inner/again', block: 'a' },
      },
    ])
    const self = blockFrom({ me: ['own/self', {}, 'in'] })
    expect(told(netOf({ self }, { x: ['own/self', {}, 'input'] })).map(({ code }) => code)).toEqual([
      'block/contains-itself',
    ])
  })

  it('blocks that would open to millions of layers, or to none at all a million times, stay closed', () => {
    const row = (type: string) =>
      blockFrom(
        Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`n_${i}`, [type, {}, i === 0 ? 'in' : `n_${i - 1}`]])),
      )
    const chain = (innermost: BlockDefinition) =>
      Object.fromEntries([
        ['b_0', innermost],
        ...Array.from({ length: 12 }, (_, i) => [`b_${i + 1}`, row(`own/b_${i}`)] as const),
      ])
    for (const innermost of [
      row('relu'),
      row('dense_block'),
      { ...blockFrom({}), wires: [{ from: 'in', to: 'out', input: 0 }] },
    ]) {
      const net = netOf(chain(innermost), { x: ['own/b_12', {}, 'input'], y: ['own/b_12', {}, 'x'] })
      const { issues, graph } = analyze(net)
      expect(issues.filter(({ code }) => code === 'limit/layers').map(({ code, where }) => [code, where.node])).toEqual(
        [['limit/layers', 'x']],
      )
      expect(graph.nodes.length).toBeLessThan(2 * LIMITS.opened)
    }
  })

  it('blocks nested too deep are reported', () => {
    const deep = Object.fromEntries(
      Array.from({ length: 20 }, (_, i) => [
        `b_${i}`,
        blockFrom({ a: [i === 0 ? 'relu' : `own/b_${i - 1}`, {}, 'in'] }),
      ]),
    )
    expect(told(netOf(deep, { x: ['own/b_15', {}, 'input'] }))).toEqual([])
    expect(told(netOf(deep, { x: ['own/b_19', {}, 'input'] })).map(({ code }) => code)).toEqual(['block/too-deep'])
  })
})
