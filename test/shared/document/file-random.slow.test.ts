import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Document } from '../../../src/shared/document/document.js'
import { parse, print } from '../../../src/shared/document/file.js'
import { AppError } from '../../../src/shared/errors.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templates } from '../../../src/shared/templates/index.js'
import { SMALL } from '../graph-of.js'
import { validDocument } from '../random-graph.js'

const sortedWires = (document: Document) => ({
  ...document,
  wires: [...document.wires].sort((a, b) => (a.to === b.to ? a.input - b.input : a.to < b.to ? -1 : 1)),
})

it('a saved document comes back the same, and the same bytes whatever the order of keys', () => {
  let cases = 0
  const json = fc.jsonValue({ maxDepth: 3, noUnicodeString: false })
  const extra = fc.dictionary(fc.stringMatching(/^[a-z]{1,9}_x$/), json, { minKeys: 1, maxKeys: 3 })
  fc.assert(
    fc.property(validDocument, fc.string({ maxLength: 80, unit: 'grapheme' }), extra, (net, name, more) => {
      cases++
      const document = { ...net, name, training: more, extra: more }
      const text = print(document)
      // JSON has one zero only.
      const expected = JSON.parse(JSON.stringify(sortedWires(document))) as Document
      expect(parse(text)).toEqual(expected)
      expect(print(parse(text))).toBe(text)
      const nodes = Object.fromEntries(Object.entries(net.nodes).reverse())
      expect(print({ ...document, nodes, wires: [...net.wires].reverse() })).toBe(text)
    }),
    { seed: 4, numRuns: 300 },
  )
  for (const template of templates) {
    cases++
    const document = buildTemplate(template)
    expect(parse(print(document))).toEqual(sortedWires(document))
  }
  console.log(`cases=${cases}`)
})

it('opening answers random and half written bytes with an error of its own', () => {
  let cases = 0
  const text = print(SMALL)
  const broken = fc.oneof(
    fc.string({ maxLength: 200, unit: 'binary' }),
    fc.nat(text.length - 2).map((at) => text.slice(0, at)),
    fc.json().map((json) => json),
  )
  fc.assert(
    fc.property(broken, (input) => {
      cases++
      expect(codeOf(input)).toMatch(/^document\//)
    }),
    { seed: 4, numRuns: 2_000 },
  )
  console.log(`cases=${cases}`)
})

/** Code of what `parse` throws. */
function codeOf(text: string): string {
  try {
    parse(text)
  } catch (error) {
    if (error instanceof AppError && error.hint !== '') return error.code
    throw error
  }
  throw new Error('It was read.')
}
