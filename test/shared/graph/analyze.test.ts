import { describe, expect, it } from 'vitest'
import { plainIssue } from '../../../src/shared/errors.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import type { ReceptiveField } from '../../../src/shared/graph/graph.js'
import { emptyDocument } from '../../../src/shared/document/document.js'
import { graphOf, SMALL, type Short } from '../graph-of.js'

const conv = (params = {}, from = 'input'): Short => ['conv2d', { filters: 8, ...params }, from]
const tail: Readonly<Record<string, Short>> = { logits: ['dense', { units: 3 }, 'pool'], main: ['head', {}, 'logits'] }
const sight = (size: number, first: number) => ({ size, stride: 1, first })
const issuesOf = (nodes: Readonly<Record<string, Short>>) => analyze(graphOf(nodes)).issues.map(plainIssue)

describe('a sound net', () => {
  it('is known in full', () => {
    const { graph, nodes, ...rest } = analyze(SMALL)
    expect(rest).toEqual({
      origins: {
        input: { output: [8, 8, 3], parameters: 0, trainable: 0, multiplyAdds: 0, layers: 1 },
        conv: { output: [8, 8, 4], parameters: 112, trainable: 112, multiplyAdds: 6_912, layers: 1 },
        pool: { output: [4], parameters: 0, trainable: 0, multiplyAdds: 0, layers: 1 },
        logits: { output: [5], parameters: 25, trainable: 25, multiplyAdds: 20, layers: 1 },
        main: { output: [5], parameters: 0, trainable: 0, multiplyAdds: 0, layers: 1 },
      },
      heads: [
        { id: 'main', origin: 'main', shape: [5], predicts: 'classes', weight: 1, depth: { longest: 2, shortest: 2 } },
      ],
      mainHead: 'main',
      input: { id: 'input', shape: [8, 8, 3] },
      parameters: { total: 137, trainable: 137 },
      multiplyAdds: 6_932,
      receptiveFields: new Map<string, ReceptiveField>([
        ['input', [sight(1, 0), sight(1, 0)]],
        ['conv', [sight(3, -1), sight(3, -1)]],
        ['pool', 'all'],
        ['logits', 'all'],
        ['main', 'all'],
      ]),
      issues: [],
      hints: [
        {
          severity: 'info',
          code: 'design/receptive-field',
          message: 'Each place in front of pool sees 3x3 px of the 8x8 image, so no unit sees a whole object.',
          hint: 'Add strides, pooling, dilation or more layers before it, or use flatten instead.',
          where: { node: 'pool' },
        },
      ],
    })
    expect(graph.nodes.map(({ id, inputs }) => [id, inputs])).toEqual([
      ['input', []],
      ['conv', ['input']],
      ['pool', ['conv']],
      ['logits', ['pool']],
      ['main', ['logits']],
    ])
    expect(nodes['conv']).toEqual({
      id: 'conv',
      origin: 'conv',
      type: 'conv2d',
      inputs: [[8, 8, 3]],
      output: [8, 8, 4],
      weights: {
        kernel: { shape: [3, 3, 3, 4], init: { kind: 'he-normal', fanIn: 27, fanOut: 36 }, role: 'trainable' },
        bias: { shape: [4], init: { kind: 'constant', value: 0 }, role: 'trainable' },
      },
      parameters: 112,
      trainable: 112,
      multiplyAdds: 6_912,
      // Of 24 x 24 values under the windows of each channel, 22 x 22 are pixels.
      padding: 1 - (22 / 24) * (22 / 24),
    })
  })

  it('takes another image size for a question', () => {
    const { input, multiplyAdds } = analyze(SMALL, { input: [4, 4, 1] })
    expect({ input, multiplyAdds }).toEqual({ input: { id: 'input', shape: [4, 4, 1] }, multiplyAdds: 16 * 36 + 20 })
  })

  it('orders heads by depth after the main one, whatever the order in the document', () => {
    const nodes: Record<string, Short> = {
      deep: ['head', { weight: 0.5 }, 'logits_2'],
      shallow: ['head', { weight: 0.25 }, 'logits_1'],
      logits_2: ['dense', { units: 3 }, 'pool_2'],
      pool_2: ['global_average_pool', {}, 'b'],
      b: conv({}, 'a'),
      a: conv(),
      logits_1: ['dense', { units: 3 }, 'pool_1'],
      pool_1: ['global_average_pool', {}, 'a'],
      input: ['input', { height: 6, width: 6 }],
    }
    const backwards = Object.fromEntries(Object.entries(nodes).reverse())
    const heads = [
      { id: 'deep', origin: 'deep', shape: [3], predicts: 'classes', weight: 0.5, depth: { longest: 3, shortest: 3 } },
      {
        id: 'shallow',
        origin: 'shallow',
        shape: [3],
        predicts: 'classes',
        weight: 0.25,
        depth: { longest: 2, shortest: 2 },
      },
    ]
    expect([nodes, backwards].map((n) => analyze(graphOf(n)).heads)).toEqual([heads, heads])
    expect(analyze(graphOf({ ...nodes, main: ['head', {}, 'logits_1'] })).mainHead).toBe('main')
  })
})

describe('problems', () => {
  it('points at the node and input that do not fit', () => {
    const nodes = {
      input: ['input'] as const,
      a: conv(),
      b: conv({ stride: [2, 2] }),
      cat: ['concat', {}, 'a', 'b'] as const,
    }
    expect(issuesOf({ ...nodes, pool: ['global_average_pool', {}, 'cat'], ...tail })).toEqual([
      {
        severity: 'error',
        code: 'shape/mismatch',
        where: { node: 'cat', input: 1 },
        message: 'Input 2 is 16x16x8, but input 1 is 32x32x8.',
        hint: 'Concat needs equal height and width; match the strides and paddings of the branches.',
      },
    ])
  })

  it('names the inner layer of a block, once per block', () => {
    const nodes: Record<string, Short> = {
      input: ['input'],
      pool: ['flatten', {}, 'input'],
      block: ['inception', {}, 'pool'],
    }
    expect(issuesOf({ ...nodes, ...tail, aux: ['head', {}, 'block'] })).toEqual([
      {
        severity: 'error',
        code: 'shape/rank',
        where: { node: 'block', inner: 'block/pool' },
        message: 'Inside block, pool: Max pool gets a vector of 3072 units, but works on images.',
        hint: 'Move it in front of the flatten, global pooling or dense layer that makes the vector.',
      },
    ])
  })

  it('says what an empty document lacks', () => {
    expect(analyze(emptyDocument()).issues.map(({ code }) => code)).toEqual(['graph/no-input', 'graph/no-head'])
  })

  it('finds everything at once', () => {
    const found = issuesOf({
      input: ['input', { height: 16, width: -1 }],
      second: ['input'],
      a: conv({ filters: 0, shape: 2 }),
      lonely: ['relu'],
      dead: ['relu', {}, 'a'],
      odd: ['transformer', {}, 'a'],
      cat: ['concat', {}, 'a'],
      pool: ['global_average_pool', {}, 'a'],
      ...tail,
      other: ['dense', { units: 4 }, 'pool'],
      aux: ['head', {}, 'other'],
    })
    expect(found.map(({ severity, code, where }) => [severity, code, where])).toEqual([
      ['error', 'graph/not-connected', { node: 'lonely', input: 0 }],
      ['error', 'graph/not-connected', { node: 'cat', input: 1 }],
      ['error', 'param/invalid', { node: 'input', param: 'width' }],
      ['error', 'param/invalid', { node: 'a', param: 'filters' }],
      ['warning', 'param/unknown', { node: 'a', param: 'shape' }],
      ['error', 'node/unknown-type', { node: 'odd' }],
      ['error', 'graph/several-inputs', { node: 'second' }],
      ['warning', 'head/class-counts', { node: 'aux' }],
      ['warning', 'graph/dead-end', { node: 'second' }],
      ['warning', 'graph/dead-end', { node: 'dead' }],
      ['warning', 'graph/dead-end', { node: 'cat' }],
    ])
    expect(found.filter(({ message, hint }) => !message.endsWith('.') || !hint.endsWith('.'))).toEqual([])
  })

  it('names the nodes on a circle and keeps the rest known', () => {
    const document = graphOf({
      input: ['input'],
      a: ['add', {}, 'input', 'c'],
      b: conv({}, 'a'),
      c: ['relu', {}, 'b'],
      pool: ['global_average_pool', {}, 'c'],
      ...tail,
    })
    const { issues, heads } = analyze(document)
    expect(issues.map(plainIssue)).toEqual([
      {
        severity: 'error',
        code: 'graph/cycle',
        where: { node: 'b' },
        message: 'b → c → a → b is a circle: each of them waits for the one before.',
        hint: 'Remove one of these wires; data flows one way, from the input to the heads.',
      },
    ])
    expect(heads).toEqual([{ id: 'main', origin: 'main', predicts: 'classes', weight: 1 }])
  })

  it('finds branches that an open size hides, and says what it cannot count', () => {
    const nodes: Record<string, Short> = {
      input: ['input', { height: null, width: null }],
      a: conv(),
      b: conv({ stride: [2, 2] }),
      sum: ['add', {}, 'a', 'b'],
      pool: ['global_average_pool', {}, 'sum'],
      ...tail,
    }
    expect(issuesOf(nodes).map(({ code, message }) => [code, message])).toEqual([
      ['shape/mismatch', 'With an image of 224x224x3: Input 2 is 112x112x8, but input 1 is 224x224x8.'],
      ['input/open-size', 'Multiply-adds are not counted while the input takes images of any size.'],
    ])
  })

  it('refuses tensors and nets too large to be built, at the limit and above', () => {
    const net = (units: number) =>
      issuesOf({
        input: ['input', { height: 181, width: 181, channels: 1 }],
        pool: ['flatten', {}, 'input'],
        wide: ['dense', { units, bias: false }, 'pool'],
        logits: ['dense', { units: 2, bias: false }, 'wide'],
        main: ['head', {}, 'logits'],
      }).map(({ code }) => code)
    // 181 x 181 = 32,761 values to each unit and 2 from it: 32,763 weights a unit, 1,999,984,572 of 61,044 units.
    expect([net(61_044), net(61_045)]).toEqual([[], ['limit/parameters']])
    const large = (size: number) =>
      issuesOf({
        input: ['input', { height: size, width: size, channels: 1 }],
        pool: ['global_max_pool', {}, 'input'],
        ...tail,
      }).map(({ code }) => code)
    expect([large(46_340), large(46_341)]).toEqual([[], ['limit/tensor']])
  })
})
