import { describe, expect, it } from 'vitest'
import { analyze } from '../../../src/shared/graph/analyze.js'
import type { Sight } from '../../../src/shared/graph/graph.js'
import { countAlong, paddingAlong } from '../../../src/shared/layers/geometry.js'
import { hash } from '../../../src/shared/random.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'
import { graphOf, type Short } from '../graph-of.js'
import { reachedBy } from '../reached.js'
import { tapsOf } from '../../../src/shared/graph/padding-share.js'

const fieldsOf = (name: string, values = {}) => analyze(buildTemplate(templateOf(name)!, values)).receptiveFields
const sizes = (name: string, at: string) => {
  const field = fieldsOf(name).get(at)
  return field === undefined || field === 'all' ? field : field.map(({ size, stride }) => `${size} / ${stride}`)
}

describe('receptive fields', () => {
  it('are those that others have computed', () => {
    // Araujo et al. 2019, table 1: VGG-16 (last pooling) 212 px and stride 32, ResNet-101 (v1) 1027 and 32.
    expect([sizes('vgg-16', 'stage_5/pool'), sizes('resnet-101', 'stage_4_block_3/relu')]).toEqual([
      ['212 / 32', '212 / 32'],
      ['1027 / 32', '1027 / 32'],
    ])
  })

  it('see through kernels that are not square, strides, gaps and padding', () => {
    const document = graphOf({
      input: ['input', { height: 31, width: 40 }],
      a: ['conv2d', { kernel: [3, 5], stride: [2, 1] }, 'input'],
      b: ['conv2d', { kernel: [3, 3], dilation: [2, 3], padding: 'valid' }, 'a'],
      c: ['add', {}, 'a', 'wide'],
      wide: ['max_pool', { kernel: [3, 3], stride: [1, 1] }, 'a'],
      pool: ['global_average_pool', {}, 'b'],
    })
    expect(Object.fromEntries(analyze(document).receptiveFields)).toEqual({
      input: [at(1, 1, 0), at(1, 1, 0)],
      a: [at(3, 2, -1), at(5, 1, -2)],
      b: [at(11, 2, -1), at(11, 1, -2)],
      c: [at(7, 2, -3), at(7, 1, -3)],
      wide: [at(7, 2, -3), at(7, 1, -3)],
      pool: 'all',
    })
  })

  it('are unknown where a number cannot hold them', () => {
    const nodes = Array.from({ length: 5 }, (_, i) => [
      `n${i + 1}`,
      ['conv2d', { kernel: [65_536, 65_536], stride: [65_536, 65_536], filters: 1 }, `n${i}`] as const,
    ])
    const document = graphOf({ n0: ['input'], ...Object.fromEntries(nodes) })
    expect([...analyze(document).receptiveFields.keys()]).toEqual(['n0', 'n1', 'n2', 'n3'])
  })
})

const at = (size: number, stride: number, first: number): Sight => ({ size, stride, first })

/** A random net of windows and merges that overlap nothing else: the document, and its last node. */
function windows(seed: number): Readonly<Record<string, Short>> {
  let draws = 0
  const dice = (low: number, high: number) => low + (hash(seed, draws++) % (high - low + 1))
  const pair = (low: number, high: number) => [dice(low, high), dice(low, high)]
  const nodes: Record<string, Short> = { n0: ['input', { height: 83, width: 71, channels: 1 }] }
  const add = (...short: Short) => {
    const id = `n${Object.keys(nodes).length}`
    nodes[id] = short
    return id
  }
  const window = (from: string, keep: boolean) => {
    const common = {
      kernel: pair(1, 4),
      stride: keep ? [1, 1] : pair(1, 2),
      padding: keep || dice(0, 1) ? 'same' : 'valid',
    }
    if (dice(0, 2) === 0) return add('average_pool', common, from)
    return add('conv2d', { ...common, filters: 1, bias: false, dilation: pair(1, 2) }, from)
  }
  let last = 'n0'
  for (let i = dice(2, 5); i > 0; i--) {
    last = dice(0, 2) > 0 ? window(last, false) : add(dice(0, 1) ? 'add' : 'average', {}, window(last, true), last)
  }
  return nodes
}

it('are what the gradient of one pixel reaches, in random nets', () => {
  let cases = 0
  for (let seed = 0; seed < 150; seed++) {
    const { graph, nodes, receptiveFields, issues } = analyze(graphOf(windows(seed)))
    const { id } = graph.nodes.at(-1)!
    const field = receptiveFields.get(id)
    if (issues.some(({ code }) => code.startsWith('shape/')) || !field || field === 'all') continue
    const pixel = [0, 1].map((side) => Math.floor(nodes[id]!.output![side]! / 2)) as [number, number]
    const [rows, columns] = field.map(({ first, stride, size }, side) => {
      const start = first + pixel[side]! * stride
      return [start, start + size - 1] as const
    })
    // What reaches beyond the border is cut there, within the net too.
    if (rows![0] < 0 || columns![0] < 0 || rows![1] > 82 || columns![1] > 70) continue
    cases++
    expect({ seed, seen: reachedBy(graph.nodes, id, nodes)(pixel) }).toEqual({ seed, seen: [rows, columns] })
  }
  expect(cases).toBeGreaterThan(80)
  console.log(`cases=${cases}`)
})

describe('padding', () => {
  it('is counted place by place', () => {
    let cases = 0
    for (let seed = 0; seed < 2_000; seed++) {
      const part = (low: number, high: number, key: number) => low + (hash(seed, key) % (high - low + 1))
      const [size, kernel, stride, gap] = [part(1, 12, 1), part(1, 6, 2), part(1, 4, 3), part(1, 3, 4)]
      const window = { kernel: [kernel, 1], stride: [stride, 1], dilation: [gap, 1], padding: 'same' } as const
      const count = countAlong([size, 1, 1], window, 0)!
      const [before] = paddingAlong(window, 0, size)
      const naive = Array.from({ length: kernel }, (_, tap) => {
        const places = Array.from({ length: count }, (_, at) => at * stride + tap * gap - before)
        return places.filter((place) => place >= 0 && place < size).length
      })
      expect(tapsOf(window, 0, size, count)).toEqual(naive)
      cases++
    }
    console.log(`cases=${cases}`)
  })
})

describe('depth', () => {
  it('is what the names of nets say, and a few layers on the shortest way where wires skip', () => {
    const depths = [
      'vgg-16',
      'vgg-19',
      'resnet-18',
      'resnet-34',
      'resnet-50',
      'resnet-101',
      'resnet-152',
      'cifar-resnet-20',
      'plain-34',
    ]
    const found = depths.map((name) => {
      const { longest, shortest } = analyze(buildTemplate(templateOf(name)!)).heads[0]!.depth!
      return [name, longest, shortest]
    })
    expect(found).toEqual([
      ['vgg-16', 16, 16],
      ['vgg-19', 19, 19],
      ['resnet-18', 18, 5],
      ['resnet-34', 34, 5],
      ['resnet-50', 50, 6],
      ['resnet-101', 101, 6],
      ['resnet-152', 152, 6],
      ['cifar-resnet-20', 20, 4],
      ['plain-34', 34, 34],
    ])
  })

  it('of GoogLeNet is 22, and its heads shorten the way back', () => {
    const { heads } = analyze(buildTemplate(templateOf('googlenet')!))
    expect(heads.map(({ id, depth }) => [id, depth])).toEqual([
      ['main', { longest: 22, shortest: 13 }],
      ['aux_1', { longest: 12, shortest: 9 }],
      ['aux_2', { longest: 18, shortest: 12 }],
    ])
  })
})
