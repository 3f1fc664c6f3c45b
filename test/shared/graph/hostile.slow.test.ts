import fc from 'fast-check'
import { expect, it } from 'vitest'
import { duplicate } from '../../../src/shared/document/clipboard.js'
import { addNode, removeNodes, renameNode, setParam } from '../../../src/shared/document/commands.js'
import { summaryOf } from '../../../src/shared/document/kinds.js'
import { closeInputGaps, connect, disconnect, insertOnWire } from '../../../src/shared/document/wires.js'
import { plainIssue } from '../../../src/shared/errors.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import type { Analysis } from '../../../src/shared/graph/graph.js'
import { expand } from '../../../src/shared/graph/expand.js'
import { hostileDocument } from '../hostile-document.js'
import { randomDocument } from '../random-graph.js'

it('never throws, orders front to back, counts finite numbers, and every issue has words', () => {
  let cases = 0
  fc.assert(
    fc.property(hostileDocument, (document) => {
      cases++
      const { graph, issues, origins, parameters, multiplyAdds } = analyze(document)
      const again = expand(document)
      expect({ ...again, issues: again.issues.map(plainIssue) }).toEqual({
        ...graph,
        issues: graph.issues.map(plainIssue),
      })
      const seen = new Set<string>()
      for (const node of graph.nodes) {
        const early = node.inputs.filter((from) => !seen.has(from) && graph.nodes.some(({ id }) => id === from))
        expect(early).toEqual([])
        seen.add(node.id)
      }
      expect([parameters.total, parameters.trainable, multiplyAdds].every(Number.isFinite)).toBe(true)
      expect(Object.keys(origins)).toEqual(Object.keys(document.nodes))
      for (const { message, hint, where } of issues) {
        expect(message).toMatch(/^\S.*\.$/)
        expect(hint).toMatch(/^\S.*\.$/)
        if (where.node !== undefined) expect(document.nodes).toHaveProperty(where.node)
      }
      for (const node of Object.values(document.nodes)) expect(typeof summaryOf(node)).toBe('string')
    }),
    { seed: 4, numRuns: 2_000 },
  )
  console.log(`cases=${cases}`)
})

it('edits and fixes whatever a document holds, and every fix changes something', () => {
  let cases = 0
  fc.assert(
    fc.property(hostileDocument, fc.constantFrom('a', 'b', 'main', 'nobody'), (document, id) => {
      const wire = document.wires[0] ?? { from: 'a', to: 'b', input: 0 }
      const commands = [
        addNode('conv2d', [0, 0]),
        removeNodes([id]),
        renameNode(id, 'renamed'),
        setParam(id, 'filters', 3),
        connect('input', id),
        disconnect(wire),
        insertOnWire(wire, 'relu', [0, 0]),
        closeInputGaps(id),
        duplicate([id, 'a']),
      ]
      for (const command of commands) analyze(command(document))
      for (const { fix } of analyze(document).issues) {
        if (!fix) continue
        cases++
        expect(fix.command(document)).not.toBe(document)
        analyze(fix.command(document))
      }
    }),
    { seed: 4, numRuns: 500 },
  )
  console.log(`cases=${cases}`)
})

/** What is known of a net, but for the order of its layers. */
function inAnyOrder({ graph: _, receptiveFields, hints, ...facts }: Analysis) {
  const names = hints.map(({ code, message }) => `${code} ${message}`)
  return { ...facts, receptiveFields: Object.fromEntries(receptiveFields), hints: names.sort() }
}

it('knows the same of a net whatever the order of its nodes and wires', () => {
  const CASES = 200
  for (let seed = 0; seed < CASES; seed++) {
    const document = randomDocument(seed)
    const nodes = Object.fromEntries(Object.entries(document.nodes).reverse())
    const other = analyze({ ...document, nodes, wires: [...document.wires].reverse() })
    expect(inAnyOrder(other)).toEqual(inAnyOrder(analyze(document)))
  }
  console.log(`cases=${CASES}`)
})
