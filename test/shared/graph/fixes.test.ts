import { describe, expect, it } from 'vitest'
import type { Document, Wire } from '../../../src/shared/document/document.js'
import { kindOf } from '../../../src/shared/document/kinds.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { defaultsOf } from '../../../src/shared/layers/fields.js'
import { mend as mendAll } from '../../../src/shared/graph/fixes/mend.js'
import { graphOf, SMALL, type Short } from '../graph-of.js'

/** Apply the fixes of all issues of a code, and return what they are called with the codes that are left. */
function mend(document: Document, code: string) {
  const fixes = analyze(document)
    .issues.filter((issue) => issue.code === code)
    .map((issue) => issue.fix!)
  const mended = fixes.reduce((edited, { command }) => command(edited), document)
  return { titles: fixes.map(({ title }) => title), left: analyze(mended).issues.map((issue) => issue.code), mended }
}

const end = (from: string): Readonly<Record<string, Short>> => ({
  pool: ['global_average_pool', {}, from],
  logits: ['dense', { units: 3 }, 'pool'],
  main: ['head', {}, 'logits'],
})

describe('fixes leave no error behind', () => {
  it('pools in front of a dense layer on an image', () => {
    const document = graphOf({
      input: ['input'],
      logits: ['dense', { units: 3 }, 'input'],
      main: ['head', {}, 'logits'],
    })
    const { titles, left, mended } = mend(document, 'shape/rank')
    expect({ titles, left }).toEqual({ titles: ['Insert global average pooling'], left: [] })
    expect(mended.wires).toEqual([
      { from: 'logits', to: 'main', input: 0 },
      { from: 'input', to: 'global_average_pool', input: 0 },
      { from: 'global_average_pool', to: 'logits', input: 0 },
    ])
  })

  it('pools in front of a head, and where flatten meets an open size', () => {
    const head = mend(graphOf({ input: ['input'], main: ['head', {}, 'input'] }), 'shape/rank')
    expect({ titles: head.titles, left: head.left }).toEqual({ titles: ['Insert global average pooling'], left: [] })
    const open = mend(
      graphOf({ input: ['input', { height: null }], flat: ['flatten', {}, 'input'], main: ['head', {}, 'flat'] }),
      'shape/open',
    )
    expect({ titles: open.titles, left: open.left }).toEqual({ titles: ['Insert global average pooling'], left: [] })
  })

  it('adapts a branch of an add by a 1x1 convolution with a stride', () => {
    const document = graphOf({
      input: ['input', { height: 9, width: 7 }],
      a: ['conv2d', { filters: 8, stride: [2, 2] }, 'input'],
      sum: ['add', {}, 'a', 'input'],
      ...end('sum'),
    })
    const { titles, left, mended } = mend(document, 'shape/mismatch')
    expect({ titles, left }).toEqual({ titles: ['Insert a 1x1 convolution'], left: [] })
    expect(mended.nodes['conv2d']!.params).toEqual({
      ...defaultsOf(kindOf('conv2d')!.params),
      ...{ filters: 8, kernel: [1, 1], stride: [2, 2] },
    })
  })

  it('says that errors behind it show then, which the first one hid, and mends them one after the other', () => {
    const behind = graphOf({
      input: ['input', { height: 8, width: 8 }],
      a: ['conv2d', { filters: 3, kernel: [4, 4], padding: 'valid' }, 'input'],
      sum: ['add', {}, 'input', 'a'],
      wide: ['conv2d', { kernel: [20, 20], padding: 'valid' }, 'sum'],
      ...end('wide'),
    })
    expect(mend(behind, 'shape/mismatch')).toMatchObject({
      titles: ['Set padding of a to same (1 error behind it shows then)'],
      left: ['shape/too-small'],
    })
    expect(mendAll(behind)).toMatchObject({
      done: ['Set padding of a to same (1 error behind it shows then)', 'Set padding of wide to same'],
    })
    // A layer tells the first of its inputs that do not meet.
    const merge = graphOf({
      input: ['input', { height: 8, width: 8 }],
      a: ['max_pool', {}, 'input'],
      b: ['max_pool', {}, 'a'],
      cat: ['concat', {}, 'b', 'a', 'input'],
      ...end('cat'),
    })
    expect(mend(merge, 'shape/mismatch')).toMatchObject({
      titles: ['Insert a max pool with stride 2 (1 error behind it shows then)'],
      left: ['shape/mismatch'],
    })
    const { document, done } = mendAll(merge)
    expect([done.length, analyze(document).issues]).toEqual([2, []])
  })

  it('does not count an error as uncovered where the mend changes what comes in', () => {
    const document = graphOf({
      input: ['input', { height: 6, width: 6 }],
      flat: ['flatten', {}, 'input'],
      sum: ['conv2d', { kernel: [9, 9], padding: 'valid' }, 'flat'],
      ...end('sum'),
    })
    const issue = analyze(document).issues.find(({ code }) => code === 'shape/rank')
    // Without flatten the convolution itself does not fit: it is not behind the error but has it, so nothing is offered.
    expect([issue?.where.node, issue?.fix]).toEqual(['sum', undefined])
  })

  it('offers none where nothing makes the branches meet', () => {
    const document = graphOf({
      input: ['input', { height: 199, width: 199 }],
      a: ['inception_v4_stem', { width: 0.1 }, 'input'],
      sum: ['add', {}, 'input', 'a'],
      ...end('sum'),
    })
    const issue = analyze(document).issues.find(({ code }) => code === 'shape/mismatch')
    expect([issue?.where, issue?.fix]).toEqual([{ node: 'sum', input: 1 }, undefined])
  })

  it.each<readonly [code: string, title: string, nodes: Readonly<Record<string, Short>>]>([
    [
      'shape/mismatch',
      'Set padding of a to same',
      {
        input: ['input', { height: 8, width: 8 }],
        a: ['conv2d', { filters: 3, kernel: [4, 4], padding: 'valid' }, 'input'],
        sum: ['add', {}, 'input', 'a'],
        ...end('sum'),
      },
    ],
    [
      'shape/mismatch',
      'Set stride of b to 1',
      {
        input: ['input'],
        a: ['conv2d', {}, 'input'],
        b: ['conv2d', { stride: [2, 2] }, 'input'],
        cat: ['concat', {}, 'a', 'b'],
        ...end('cat'),
      },
    ],
    [
      'shape/mismatch',
      'Insert a max pool with stride 2',
      {
        input: ['input'],
        b: ['relu', {}, 'input'],
        c: ['max_pool', {}, 'input'],
        cat: ['concat', {}, 'c', 'b'],
        ...end('cat'),
      },
    ],
    [
      'shape/mismatch',
      'Set channels to 3',
      { input: ['input'], pad: ['pad_channels', { channels: 2 }, 'input'], ...end('pad') },
    ],
    [
      'shape/too-small',
      'Set padding of c to same',
      { input: ['input', { height: 2 }], c: ['conv2d', { padding: 'valid' }, 'input'], ...end('c') },
    ],
    [
      'shape/groups',
      'Set groups to 3',
      { input: ['input'], c: ['conv2d', { groups: 6, filters: 9 }, 'input'], ...end('c') },
    ],
    [
      'shape/rank',
      'Take out flat',
      { input: ['input'], flat: ['flatten', {}, 'input'], c: ['conv2d', {}, 'flat'], ...end('c') },
    ],
    [
      'shape/size',
      'Set channels to 12',
      {
        input: ['input', { height: 4, width: 4 }],
        r: ['reshape', { height: 2, width: 2, channels: 5 }, 'input'],
        ...end('r'),
      },
    ],
    [
      'shape/size',
      'Set units of logits to 1',
      { input: ['input'], ...end('input'), main: ['regression_head', {}, 'logits'] },
    ],
    [
      'shape/size',
      'Insert a dense layer with one unit',
      { input: ['input'], pool: ['global_average_pool', {}, 'input'], main: ['regression_head', {}, 'pool'] },
    ],
    [
      'shape/class-weights',
      'Weigh all classes the same',
      { input: ['input'], ...end('input'), main: ['head', { class_weights: [1, 2] }, 'logits'] },
    ],
    [
      'shape/inputs',
      'Remove the wire from b',
      {
        input: ['input'],
        b: ['relu', {}, 'input'],
        s: ['subtract', {}, 'input', 'b', 'b'],
        ...end('s'),
      },
    ],
    ['graph/no-head', 'Add a head for 10 classes', { input: ['input'], c: ['conv2d', {}, 'input'] }],
    ['graph/no-head', 'Add a head', { input: ['input'], c: ['flatten', {}, 'input'] }],
    ['graph/no-input', 'Add an input', { c: ['conv2d'], ...end('c') }],
    [
      'graph/several-inputs',
      'Use input instead of second',
      { input: ['input'], second: ['input'], s: ['add', {}, 'input', 'second'], ...end('s') },
    ],
    ['graph/not-connected', 'Connect a', { input: ['input'], a: ['conv2d', {}, 'input'], b: ['relu'], ...end('b') }],
    [
      'graph/not-connected',
      'Take out cat',
      { input: ['input'], a: ['conv2d', {}, 'input'], cat: ['concat', {}, 'a'], ...end('cat') },
    ],
    [
      'graph/cycle',
      'Remove the wire from c to a',
      { input: ['input'], a: ['add', {}, 'input', 'input', 'c'], c: ['relu', {}, 'a'], ...end('c') },
    ],
    [
      'head/class-counts',
      'Set units of few to 3',
      { input: ['input'], ...end('input'), few: ['dense', { units: 2 }, 'pool'], aux: ['head', {}, 'few'] },
    ],
    [
      'head/no-weight',
      'Set the weight of main to 1',
      { input: ['input'], ...end('input'), main: ['head', { weight: 0 }, 'logits'] },
    ],
  ])('%s: %s', (code, title, nodes) => {
    const { titles, left } = mend(graphOf(nodes), code)
    expect({ titles, left }).toEqual({ titles: [title], left: [] })
  })

  it('offers to close a gap only where no other wire ends', () => {
    const gap = graphOf({ input: ['input'], sum: ['add', {}, 'input', 'input'], ...end('sum') })
    const at = (wires: Document['wires']) =>
      analyze({ ...gap, wires: [...gap.wires.filter(({ to }) => to !== 'sum'), ...wires] })
        .issues.filter(({ where }) => where.node === 'sum')
        .map(({ code, fix }) => [code, fix?.title])
    const [second, third] = [1, 2].map((input) => ({ from: 'input', to: 'sum', input })) as [Wire, Wire]
    expect(at([second, third])).toEqual([['graph/not-connected', 'Close the gap']])
    expect(at([second])).toEqual([['graph/not-connected', 'Take out sum']])
    expect(at([second, third, { from: 'nobody', to: 'sum', input: 0 }])).toEqual([
      ['wire/dangling', 'Remove the wire'],
      ['graph/not-connected', undefined],
    ])
  })

  it('sets wrong parameters to their defaults and removes unknown ones', () => {
    const document = graphOf({
      input: ['input'],
      a: ['conv2d', { filters: NaN, kernel: 'large', shape: 2 }, 'input'],
      ...end('a'),
    })
    const invalid = mend(document, 'param/invalid')
    expect(invalid.titles).toEqual(['Set filters to 64', 'Set kernel to [3,3]'])
    expect(invalid.left).toEqual(['param/unknown'])
    expect(mend(invalid.mended, 'param/unknown').left).toEqual([])
  })

  it('closes gaps, removes stray wires and dead ends', () => {
    const wires = [
      ...SMALL.wires,
      { from: 'nobody', to: 'conv', input: 0 },
      { from: 'conv', to: 'pool', input: 3 },
      { from: 'conv', to: 'input', input: 0 },
      { from: 'main', to: 'pool', input: 0 },
      { from: 'input', to: 'conv', input: 0 },
    ]
    let document: Document = { ...SMALL, wires }
    const codes = ['wire/dangling', 'wire/no-such-input', 'wire/no-such-input', 'wire/from-head', 'wire/doubled']
    expect(analyze(document).issues.map(({ code }) => code)).toEqual(codes)
    for (const code of ['wire/dangling', 'wire/no-such-input', 'wire/from-head']) document = mend(document, code).mended
    expect(analyze(document).issues.map(({ code }) => code)).toEqual(['wire/doubled'])
    const gap = graphOf({
      input: ['input'],
      sum: ['add', {}, 'input', 'input', 'input'],
      dead: ['relu', {}, 'sum'],
      ...end('sum'),
    })
    const gapped = { ...gap, wires: gap.wires.filter((wire) => wire.to !== 'sum' || wire.input !== 1) }
    const closed = mend(gapped, 'graph/not-connected')
    expect(closed.left).toEqual(['graph/dead-end'])
    expect(mend(closed.mended, 'graph/dead-end').left).toEqual([])
  })
})
