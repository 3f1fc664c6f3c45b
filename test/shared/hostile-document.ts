import fc from 'fast-check'
import { emptyDocument, type Document } from '../../src/shared/document/document.js'
import { kinds } from '../../src/shared/document/kinds.js'

const IDS = ['input', 'main', 'a', 'b', 'c', 'd_1', 'tostring', 'valueof', 'hasownproperty', 'e']
const PARAMS = [...new Set(kinds.flatMap(({ params }) => Object.keys(params)))]

const id = fc.constantFrom(...IDS, 'nobody')
const value = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    NaN,
    Infinity,
    -1,
    0,
    0.5,
    1,
    2,
    3,
    65_536,
    1e308,
    'same',
    'valid',
    true,
    [3, 3],
    [1e9, -1],
    [],
    {},
    '',
  ),
  fc.jsonValue({ maxDepth: 2 }),
)
const node = fc.record({
  type: fc.constantFrom(...kinds.map(({ type }) => type), 'wormhole', 'constructor', ''),
  params: fc.dictionary(fc.constantFrom(...PARAMS, 'constructor', 'junk'), value, { maxKeys: 5 }),
  at: fc.tuple(fc.integer({ min: -1e7, max: 1e7 }), fc.integer({ min: -1e7, max: 1e7 })),
})
const input = fc.oneof(fc.nat(4), fc.constantFrom(-1, 0.5, 1e9, NaN, 255, 256))
const wire = fc.record({ from: id, to: id, input })

/** Documents of the right form that make no sense: unknown types, wrong values, stray wires, circles. */
export const hostileDocument: fc.Arbitrary<Document> = fc
  .record({
    nodes: fc.dictionary(fc.constantFrom(...IDS), node, { maxKeys: 8 }),
    wires: fc.array(wire, { maxLength: 24 }),
  })
  .map(({ nodes, wires }) => ({ ...emptyDocument('Hostile'), nodes: { ...nodes }, wires }))
