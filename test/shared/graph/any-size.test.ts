import { describe, expect, it } from 'vitest'
import { anySizeOf, openShape, sizeWords } from '../../../src/shared/graph/any-size/any-size.js'
import { extentAt, extentText, slide, WHOLE, type Extent } from '../../../src/shared/graph/any-size/extent.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { countAlong, type Window } from '../../../src/shared/layers/geometry.js'
import { hash } from '../../../src/shared/random.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf, templates } from '../../../src/shared/templates/index.js'
import { graphOf, type Short } from '../graph-of.js'
import { randomDocument } from '../random-graph.js'
import type { SideRule, AnySize } from '../../../src/shared/graph/any-size/rule.js'

const of = (name: string, values = {}): AnySize => anySizeOf(buildTemplate(templateOf(name)!, values))!

describe('the sizes that a net takes', () => {
  it('are those that others give', () => {
    // keras.applications: at least 75 for Inception-v3 and Inception-ResNet-v2, 32 for VGG.
    const words = ['googlenet', 'inception-v3', 'inception-resnet-v2', 'vgg-16', 'resnet-50'].map((name) => [
      name,
      sizeWords(of(name, name === 'inception-v3' ? { heads: 'main' } : {})),
    ])
    // Its auxiliary head needs maps of 17x17, as torchvision's.
    expect(sizeWords(of('inception-v3'))).toBe('Works from 299 px on; 32n+11 (299, 331, …) keep every stage whole.')
    expect(Object.fromEntries(words)).toEqual({
      googlenet: 'Works from 65 px on; multiples of 32 keep every stage whole.',
      'inception-v3': 'Works from 75 px on; 32n+11 (75, 107, …) keep every stage whole.',
      'inception-resnet-v2': 'Works from 75 px on; 32n+11 (75, 107, …) keep every stage whole.',
      'vgg-16': 'Works from 32 px on; multiples of 32 keep every stage whole.',
      'resnet-50': 'Works from 1 px on; multiples of 32 keep every stage whole.',
    })
  })

  it.each(templates)('of $name begin where the net first fits', (template) => {
    const { height, width } = anySizeOf(buildTemplate(template))!
    const errors = (size: number, other: number) =>
      analyze(buildTemplate(template, { height: size, width: other })).issues.filter((i) => i.severity === 'error')
    const { smallest } = height.rule
    expect(width.rule).toEqual(height.rule)
    expect(errors(smallest, smallest)).toEqual([])
    if (smallest > 1) expect(errors(smallest - 1, smallest)[0]?.code).toBe('shape/too-small')
  })

  it('are some only where branches meet at some sizes only', () => {
    const document = graphOf({
      input: ['input', { height: 32, width: 20 }],
      a: ['conv2d', { filters: 4, stride: [2, 1] }, 'input'],
      b: ['max_pool', { stride: [2, 1], kernel: [2, 1], padding: 'valid' }, 'input'],
      c: ['conv2d', { filters: 4, stride: [2, 1] }, 'a'],
      d: ['average_pool', { stride: [2, 1], kernel: [2, 1], padding: 'valid' }, 'b'],
      e: ['concat', {}, 'c', 'd'],
    })
    expect(sizeWords(anySizeOf(document)!)).toBe(
      'Heights work from 4 px on in steps of 4 (4, 8, …); widths from 1 px on.',
    )
    const works = (height: number) =>
      analyze(document, { input: [height, 5, 3] }).issues.every((i) => i.code !== 'shape/mismatch')
    expect(Array.from({ length: 16 }, (_, i) => i + 4).filter(works)).toEqual([4, 8, 12, 16])
  })

  it('are unknown without an input', () => {
    expect(anySizeOf(graphOf({ a: ['relu'] }))).toBe(undefined)
  })
})

describe('extents', () => {
  it('of windows over windows are one floor, at every size', () => {
    let cases = 0
    const wrong: unknown[] = []
    for (let seed = 0; seed < 3_000; seed++) {
      let draws = 0
      const dice = (low: number, high: number) => low + (hash(seed, draws++) % (high - low + 1))
      const windows = Array.from({ length: dice(1, 4) }, (): Window => ({
        kernel: [dice(1, 5), 1],
        stride: [dice(1, 3), 1],
        dilation: [dice(1, 2), 1],
        padding: (['same', 'valid', 'explicit'] as const)[dice(0, 2)]!,
        pads: [dice(0, 3), dice(0, 3), 0, 0],
        ceil: dice(0, 3) === 0,
      }))
      const extent = windows.reduce<Extent | undefined>((from, window) => from && slide(from, window, 0), WHOLE)
      if (!extent) continue
      for (let size = 1; size < 60; size++) {
        const made = windows.reduce<number>(
          (from, window) => (from < 1 ? NaN : countAlong([from, 1, 1], window, 0)!),
          size,
        )
        if (!(made >= 1)) continue
        if (extentAt(extent, size) !== made) wrong.push({ seed, size, made })
        cases++
      }
    }
    expect(wrong).toEqual([])
    expect(cases).toBeGreaterThan(50_000)
    console.log(`cases=${cases}`)
  })

  it('are written as people write them', () => {
    const shown = (offset: number, divisor: number) => [
      extentText({ ...WHOLE, offset, divisor }, 'H'),
      extentText({ ...WHOLE, offset, divisor }, 'H', true),
    ]
    expect([shown(0, 1), shown(-4, 1), shown(3, 4), shown(0, 2), shown(-1, 2), shown(-43, 32)]).toEqual([
      ['H', 'H'],
      ['H−4', 'H−4'],
      ['H/4', '⌈H/4⌉'],
      ['H/2', '⌊H/2⌋'],
      ['H/2−1', '⌈H/2⌉−1'],
      ['(H−43)/32', '⌊(H−43)/32⌋'],
    ])
  })

  it('stand in open shapes, rounded as asked for', () => {
    const { anySize, nodes } = analyze(buildTemplate(templateOf('inception-v3')!, { height: null, heads: 'main' }))
    const shown = ['inception_a_1/concat', 'pool'].map((id) => [
      openShape(anySize!, id, nodes[id]!.output!),
      openShape(anySize!, id, nodes[id]!.output!, true),
    ])
    expect(shown).toEqual([
      [
        ['(H−19)/8', '35', '256'],
        ['⌊(H−19)/8⌋', '35', '256'],
      ],
      [undefined, undefined],
    ])
  })

  it('and rules hold for random nets at every size tried', () => {
    let cases = 0
    const wrong: unknown[] = []
    for (let seed = 0; seed < 150; seed++) {
      const document = randomDocument(seed)
      const { height, width } = anySizeOf(document)!
      const [, , channels] = analyze(document).input!.shape
      for (let at = 0; at < 5; at++) {
        const size: [number, number] = [1 + (hash(seed, at) % 70), 1 + (hash(seed, at, 1) % 70)]
        const { graph, nodes, issues } = analyze(document, { input: [...size, channels!] })
        const fits = issues.every(({ code }) => !['shape/too-small', 'shape/mismatch'].includes(code))
        if (height.rule.complete && width.rule.complete) {
          const allowed = works(height.rule, size[0]) && works(width.rule, size[1])
          // What meets by chance while everything is small is not promised.
          if (allowed || Math.min(...size) > 40) expect({ seed, size, fits }).toEqual({ seed, size, fits: allowed })
        }
        for (const { id } of graph.nodes) {
          const output = nodes[id]!.output
          if (output?.length !== 3) continue
          const made = [height, width].map(({ extents }, side) => {
            const extent = extents.get(id)
            return extent ? extentAt(extent, size[side]!) : output[side]
          })
          if (made[0] !== output[0] || made[1] !== output[1]) wrong.push({ seed, size, id, made })
          cases++
        }
      }
    }
    expect(wrong).toEqual([])
    console.log(`cases=${cases}`)
  })
})

function works({ smallest, only }: SideRule, size: number): boolean {
  return size >= smallest && (!only || size % only.every === only.remainder)
}

it('follows layers that change the size in a way of their own to no wrong number', () => {
  const nodes: Record<string, Short> = {
    input: ['input', { height: null, width: null }],
    a: ['conv2d', { stride: [2, 2] }, 'input'],
    pool: ['global_average_pool', {}, 'a'],
    gate: ['dense', { units: 64 }, 'pool'],
    gated: ['multiply', {}, 'gate', 'a'],
  }
  const { height } = anySizeOf(graphOf(nodes))!
  expect([...height.extents].map(([id, extent]) => [id, extentText(extent, 'H')])).toEqual([
    ['input', 'H'],
    ['a', 'H/2'],
    ['gated', 'H/2'],
  ])
})
