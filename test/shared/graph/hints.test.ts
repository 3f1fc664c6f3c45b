import { describe, expect, it } from 'vitest'
import type { Document } from '../../../src/shared/document/document.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { hints } from '../../../src/shared/graph/hints/index.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf, templates } from '../../../src/shared/templates/index.js'
import { graphOf, type Short } from '../graph-of.js'

const told = (document: Document) => analyze(document).hints.map(({ code, where }) => [code, where.inner ?? where.node])

/** A net that none of the hints is about, but for what is drawn between its input and `x`. */
function net(
  nodes: Readonly<Record<string, Short>>,
  image: Readonly<Record<string, unknown>> = { height: 6, width: 6 },
): Document {
  return graphOf({
    input: ['input', image],
    first: ['conv2d', { filters: 8 }, 'input'],
    bent: ['relu', {}, 'first'],
    ...nodes,
    pool: ['flatten', {}, 'x'],
    logits: ['dense', { units: 3 }, 'pool'],
    main: ['head', {}, 'logits'],
  })
}

/** One drawing for each hint: what is drawn, and where the hint must stand. */
const CASES: readonly (readonly [code: string, at: string, document: Document])[] = [
  ['activation-on-logits', 'main', graphOf({ ...plain(), r: ['relu', {}, 'logits'], main: ['head', {}, 'r'] })],
  ['activation-on-logits', 'main', graphOf({ ...plain(), r: ['softmax', {}, 'logits'], main: ['head', {}, 'r'] })],
  [
    'softmax-in-trunk',
    's',
    net({ n: ['batch_norm', {}, 'bent'], s: ['softmax', {}, 'n'], x: ['batch_norm', {}, 's'] }),
  ],
  ['linear-pair', 'second', graphOf({ ...plain(), second: ['conv2d', {}, 'first'], bent: ['relu', {}, 'second'] })],
  [
    'linear-pair',
    'logits',
    graphOf({ ...plain(), wide: ['dense', {}, 'flat'], logits: ['dense', { units: 3 }, 'wide'] }),
  ],
  ['two-activations', 'x', net({ x: ['tanh', {}, 'bent'] })],
  [
    'kernel-over-map',
    'c',
    graphOf({
      ...plain(1),
      first: ['conv2d', { kernel: [1, 1] }, 'input'],
      c: ['conv2d', {}, 'bent'],
      x: ['relu', {}, 'c'],
      flat: ['flatten', {}, 'x'],
    }),
  ],
  [
    'pool-of-one-pixel',
    'x',
    graphOf({
      ...plain(),
      small: ['max_pool', { kernel: [6, 6], stride: [6, 6] }, 'bent'],
      x: ['max_pool', {}, 'small'],
      flat: ['flatten', {}, 'x'],
    }),
  ],
  ['skipped-pixels', 'x', net({ x: ['max_pool', { kernel: [2, 2], stride: [3, 3], padding: 'valid' }, 'bent'] })],
  ['receptive-field', 'flat', graphOf({ ...plain(32), flat: ['global_average_pool', {}, 'bent'] })],
  [
    'auxiliary-map',
    'aux',
    net({
      x: ['max_pool', { kernel: [3, 3], stride: [3, 3] }, 'bent'],
      f: ['flatten', {}, 'x'],
      l: ['dense', { units: 3 }, 'f'],
      aux: ['head', {}, 'l'],
    }),
  ],
  ['deep-without-skips', 'main', deep(31)],
  [
    'leads-nowhere',
    'lost',
    net({ x: ['batch_norm', {}, 'bent'], lost: ['tanh', {}, 'first'], end: ['batch_norm', {}, 'lost'] }),
  ],
  ['bias-before-norm', 'c', net({ c: ['conv2d', {}, 'bent'], n: ['batch_norm', {}, 'c'], x: ['relu', {}, 'n'] })],
  ['batch-of-one', 'x', { ...net({ x: ['batch_norm', {}, 'bent'] }), training: { batch: 1 } }],
]

function plain(size = 6): Record<string, Short> {
  return {
    input: ['input', { height: size, width: size }],
    first: ['conv2d', { filters: 8 }, 'input'],
    bent: ['relu', {}, 'first'],
    flat: ['flatten', {}, 'bent'],
    logits: ['dense', { units: 3 }, 'flat'],
    main: ['head', {}, 'logits'],
  }
}

function deep(layers: number): Document {
  const nodes: Record<string, Short> = {}
  let last = 'bent'
  for (let i = 2; i < layers; i++) {
    nodes[`c${i}`] = ['conv2d', { filters: 8 }, last]
    last = `r${i}`
    nodes[last] = ['relu', {}, `c${i}`]
  }
  return net({ ...nodes, x: ['batch_norm', {}, last] })
}

describe('hints', () => {
  it.each(CASES)('%s at %s', (code, at, document) => {
    const before = analyze(document)
    expect(told(document)).toEqual([[`design/${code}`, at]])
    expect(before.issues.filter((issue) => issue.severity === 'error')).toEqual([])
    const fix = before.hints[0]!.fix
    if (!fix) return
    const after = analyze(fix.command(document))
    expect([fix.title, after.hints.map((hint) => hint.code), after.issues]).toEqual([fix.title, [], []])
  })

  it('are all tried above, and but for these all offer a fix', () => {
    const tried = new Set(CASES.map(([code]) => `design/${code}`))
    expect(hints.map(({ code }) => code).filter((code) => !tried.has(code))).toEqual([])
    const without = CASES.filter(([, , document]) => !analyze(document).hints[0]!.fix).map(([code]) => code)
    expect(without).toEqual([
      'softmax-in-trunk',
      'skipped-pixels',
      'receptive-field',
      'auxiliary-map',
      'deep-without-skips',
    ])
  })

  it('are silent about a sound net', () => {
    expect(told(graphOf(plain()))).toEqual([])
    expect(told(net({ x: ['batch_norm', {}, 'bent'] }))).toEqual([])
    expect(told(deep(30))).toEqual([])
  })

  it('say nothing about templates, but that plain nets are deep: the point of them', () => {
    const found = templates.flatMap((template) =>
      told(buildTemplate(template)).map(([code]) => `${template.name} ${code}`),
    )
    expect(found).toEqual(['32', '44', '56', '110', '34'].map((depth) => `plain-${depth} design/deep-without-skips`))
    console.log(`cases=${templates.length}`)
  })

  it('tell that a net made for photographs has little to see in small images', () => {
    const document = buildTemplate(templateOf('resnet-18')!, { height: 32, width: 32 })
    expect(analyze(document).hints.map(({ message, where }) => [where.inner, message])).toEqual([
      [
        'stage_4_block_1/conv_1',
        'Only 4 of the 9 values of each kernel of stage_4_block_1/conv_1 ever meet a pixel: its map is 2x2.',
      ],
      [
        'stage_4_block_2/conv_1',
        'Only 1 of the 9 values of each kernel of stage_4_block_2/conv_1 ever meet a pixel: its map is 1x1.',
      ],
    ])
  })
})
