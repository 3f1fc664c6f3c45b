import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parse, print } from '../../../src/shared/document/file.js'
import { repeatedKey } from '../../../src/shared/document/repeated-keys.js'
import { AppError } from '../../../src/shared/errors.js'
import { SMALL } from '../graph-of.js'

it('finds a key that an object has twice, however it is written, and none elsewhere', () => {
  expect(
    [
      '{"a": 1, "b": {"a": 2}}',
      '{"a": 1, "a": 2}',
      '[{"a": 1}, {"a": 1}]',
      '{"x": [{"b": ["b", "b"], "\\u0062": 1}]}',
      '{"a": "a", "b": "\\"a\\": {,", "c": ["a", "a"]}',
      '{"": 1, "": 2}',
      '"a"',
    ].map(repeatedKey),
  ).toEqual([undefined, 'a', undefined, 'b', undefined, '', undefined])
})

it('finds none in what was written from values', () => {
  let cases = 0
  fc.assert(
    fc.property(fc.json(), (text) => {
      cases++
      expect(repeatedKey(JSON.stringify(JSON.parse(text)))).toBe(undefined)
    }),
    { numRuns: 500 },
  )
  console.log(`cases=${cases}`)
})

it('refuses a document with two nodes of one id, which would lose one of them', () => {
  const text = print(SMALL).replace('"pool": {', '"conv": {')
  let refused: unknown
  try {
    parse(text)
  } catch (error) {
    refused = error
  }
  expect(refused).toBeInstanceOf(AppError)
  expect((refused as AppError).message).toBe(
    'The document is damaged: it has "conv" twice, as a careless merge leaves it.',
  )
})
