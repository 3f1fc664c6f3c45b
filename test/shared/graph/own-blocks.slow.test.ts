import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { BlockDefinition } from '../../../src/shared/document/document.js'
import { parse, print } from '../../../src/shared/document/file.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { blockFrom, netOf, whole } from '../own-blocks.js'

it('random definitions never throw or hang, and come back from their file', () => {
  const name = fc.constantFrom('a', 'b', 'c')
  const id = fc.constantFrom('in', 'out', 'p', 'q', 'r', 'nobody')
  const type = fc.constantFrom('relu', 'conv2d', 'add', 'own/a', 'own/b', 'own/c', 'own/none', 'head', 'input', 'what')
  const value = fc.constantFrom<unknown>('=N', '=2*N', '=N/0', '=', 'same', 3, -1, [1, '=N'], null)
  const node = fc.record({
    type,
    params: fc.dictionary(fc.constantFrom('filters', 'kernel', 'N'), value),
    at: fc.constant([0, 0] as const),
  })
  const nodes = fc.dictionary(fc.constantFrom('p', 'q', 'r'), node, { noNullPrototype: true })
  const wires = fc.array(fc.record({ from: id, to: id, input: fc.nat(2) }), { maxLength: 8 })
  const block = fc
    .record({ nodes, wires })
    .map((net): BlockDefinition => ({ ...blockFrom({}, [whole('N', 2)]), ...net }))
  let cases = 0
  fc.assert(
    fc.property(fc.dictionary(name, block, { noNullPrototype: true }), nodes, wires, (blocks, body, more) => {
      const net = { ...netOf(blocks, {}), nodes: body, wires: more }
      const analysis = analyze(net)
      for (const issue of analysis.issues) {
        cases++
        if (issue.where.node !== undefined) expect(Object.keys(body)).toContain(issue.where.node)
        if (issue.fix) analyze(issue.fix.command(net))
      }
      expect(print(parse(print(net)))).toBe(print(net))
    }),
    { seed: 9, numRuns: 1_000 },
  )
  console.log(`cases=${cases}`)
})
