import { expect, it } from 'vitest'
import type { Document, DocumentNode } from '../../../src/shared/document/document.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { knownSizesOf } from '../../../src/shared/graph/any-size/any-size.js'
import { graphOf, type Short } from '../graph-of.js'

type Nodes = Readonly<Record<string, Short>>

const many = (count: number, node: (i: number) => Short): Nodes =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`n_${i}`, node(i)]))
const before = (i: number) => (i === 0 ? 'input' : `n_${i - 1}`)
const END: Nodes = { pool: ['global_average_pool', {}, 'input'], logits: ['dense', { units: 2 }, 'pool'], main: ['head', {}, 'logits'] } // prettier-ignore

/** Nets of any number of nodes, sound and broken, of which much can be said. */
const NETS: Readonly<Record<string, (count: number) => Nodes>> = {
  'a ladder': (count) => many(count, (i) => ['add', {}, before(i), before(Math.max(0, i - 1))]),
  'blocks in a row': (count) => many(count / 5, (i) => ['residual', {}, before(i)]),
  'maps that are too small': (count) => many(count, () => ['conv2d', { kernel: [41, 41], padding: 'valid' }, 'input']),
  'nodes that nothing feeds': (count) => many(count, () => ['relu']),
  'merges of one': (count) => many(count, () => ['add', {}, 'input']),
  'convolutions without activations': (count) => many(count, (i) => ['conv2d', { filters: 4 }, before(i)]),
  'wrong settings': (count) => many(count, (i) => ['conv2d', { filters: -4 }, before(i)]),
  'circles of two': (count) => many(count, (i) => ['relu', {}, `n_${i ^ 1}`]),
  'one circle': (count) => many(count, (i) => ['relu', {}, `n_${(i + count - 1) % count}`]),
}

/** How often nodes and wires of a net are looked at until all is known of it, its fixes included. */
function looksAt(nodes: Nodes): number {
  let looks = 0
  const counted = <T extends object>(value: T): T =>
    new Proxy(value, { get: (target, key) => (looks++, Reflect.get(target, key) as unknown) })
  const { nodes: all, ...rest } = graphOf({ input: ['input', { height: 32, width: 32 }], ...nodes, ...END })
  const seen = Object.entries(all).map(([id, node]): [string, DocumentNode] => [id, counted(node)])
  const document: Document = { ...rest, nodes: Object.fromEntries(seen), wires: rest.wires.map(counted) }
  const { issues } = analyze(document)
  for (const { fix } of issues) void fix
  knownSizesOf(document, issues)
  return looks
}

it.each(Object.entries(NETS))('looks at %s of three times as many nodes three times as often', (_, net) => {
  const [few, more] = [looksAt(net(600)), looksAt(net(1_800))]
  expect(few).toBeGreaterThan(0)
  expect(more / few).toBeLessThan(3.6)
})

it('tries no fix out before one is asked for', () => {
  const nodes: Nodes = { input: ['input'], sum: ['add', {}, 'input'], ...END }
  const document = graphOf(nodes)
  let tried = 0
  const watched = { ...document, wires: new Proxy(document.wires, { get: (wires, key) => (tried++, Reflect.get(wires, key) as unknown) }) } // prettier-ignore
  const { issues } = analyze(watched)
  const analysed = tried
  const titles = issues.map(({ fix }) => fix?.title)
  expect([titles.includes('Take out sum'), tried > analysed]).toEqual([true, true])
  const all = tried
  expect(issues.map(({ fix }) => fix?.title)).toEqual(titles)
  expect(tried).toBe(all)
})
