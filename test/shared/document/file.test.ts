import { describe, expect, it } from 'vitest'
import { emptyDocument } from '../../../src/shared/document/document.js'
import { parse, print } from '../../../src/shared/document/file.js'
import { AppError } from '../../../src/shared/errors.js'
import { LIMITS } from '../../../src/shared/limits.js'
import { graphOf } from '../graph-of.js'

/** Code and message of what `parse` throws. */
function refusal(text: string): readonly [string, string] {
  try {
    parse(text)
  } catch (error) {
    if (error instanceof AppError && error.hint !== '') return [error.code, error.message]
    throw error
  }
  throw new Error('It was read.')
}

const file = (change: object) => JSON.stringify({ ...emptyDocument('File'), ...change })

describe('saving', () => {
  it('writes one node and one wire per line, in an order of its own', () => {
    const document = graphOf({ input: ['input', { height: null }], b: ['relu', {}, 'input'], a: ['relu', {}, 'input'] })
    expect(print({ ...document, extra: { z: 1, a: [{}], name: 'not again' }, view: { zoom: 1, y: 2, x: 3 } })).toBe(
      [
        '{',
        '  "format": "netwright",',
        '  "version": 2,',
        '  "name": "Test",',
        '  "nodes": {',
        '    "a": { "type": "relu", "params": {}, "at": [416, 0] },',
        '    "b": { "type": "relu", "params": {}, "at": [208, 0] },',
        '    "input": { "type": "input", "params": { "channels": 3, "deviation": [], "height": null, "mean": [], "range": "0 to 1", "width": 32 }, "at": [0, 0] }',
        '  },',
        '  "wires": [',
        '    { "from": "input", "to": "a", "input": 0 },',
        '    { "from": "input", "to": "b", "input": 0 }',
        '  ],',
        '  "blocks": {},',
        '  "training": {},',
        '  "view": { "x": 3, "y": 2, "zoom": 1 },',
        '  "a": [{}],',
        '  "z": 1',
        '}',
        '',
      ].join('\n'),
    )
  })
})

describe('opening what is not a document', () => {
  it('says what is wrong', () => {
    const node = { type: 'relu', params: {}, at: [0, 0] }
    const damaged = 'document/invalid'
    expect(
      [
        refusal(''),
        refusal('\u0000\u0001PNG'),
        refusal('[]'),
        refusal('{"format":"other"}'),
        refusal(file({ version: 3, nodes: 'whatever' })),
        refusal(file({ version: 0 })),
        refusal(file({ name: undefined })),
        refusal(file({ nodes: { 'Bad id': node } })),
        refusal(file({ nodes: { constructor: node } })),
        refusal(file({ nodes: { a: { ...node, at: [0, 1e8] } } })),
        refusal(file({ nodes: { a: { ...node, at: [0] } } })),
        refusal(file({ nodes: { a: { ...node, params: 3 } } })),
        refusal(file({ nodes: { a: { params: {}, at: [0, 0] } } })),
        refusal(file({ wires: [{ from: 'a', to: 'b', input: -1 }] })),
        refusal(file({ training: { x: 'TOO_BIG' } }).replace('"TOO_BIG"', '1e999')),
        refusal(file({ blocks: { x: 'PROTO' } }).replace('"x"', '"__proto__"')),
      ].map(([code, message]) => `${code}: ${message}`),
    ).toEqual([
      'document/not-json: The file is empty.',
      expect.stringMatching(/^document\/not-json: The file is not JSON: /),
      'document/not-netwright: The file is JSON, but not a Netwright document.',
      'document/not-netwright: The file is JSON, but not a Netwright document.',
      'document/newer-version: The document is of version 3; this program reads up to version 2.',
      `${damaged}: The document is damaged: version must be 1 or 2.`,
      `${damaged}: The document is damaged: name must be a text.`,
      `${damaged}: The document is damaged: nodes › Bad id must be a node id: a letter, then lower case letters, digits and _.`,
      `${damaged}: The document is damaged: nodes › constructor must be a node id: a letter, then lower case letters, digits and _.`,
      `${damaged}: The document is damaged: nodes › a › at › 1 must be within ±10000000.`,
      `${damaged}: The document is damaged: nodes › a › at must be a place, [x, y].`,
      `${damaged}: The document is damaged: nodes › a › params must be an object.`,
      `${damaged}: The document is damaged: nodes › a › type must be a text.`,
      `${damaged}: The document is damaged: wires › 0 › input must be the number of an input.`,
      `${damaged}: The document is damaged: a number is too large.`,
      `${damaged}: The document is damaged: it has a key __proto__.`,
    ])
  })

  it('reads up to its limits and refuses one more', () => {
    const nodes = (count: number) => {
      const node = { type: 'relu', params: {}, at: [0, 0] }
      return Object.fromEntries(Array.from({ length: count }, (_, i) => [`n_${i}`, node]))
    }
    const wires = (length: number) => Array.from({ length }, (_, input) => ({ from: 'a', to: 'b', input }))
    const nested = (depth: number) => JSON.parse('['.repeat(depth) + ']'.repeat(depth)) as unknown
    const outcome = (change: object) => {
      try {
        return parse(file(change)).format
      } catch (error) {
        return (error as AppError).code
      }
    }
    const around = (limit: number, change: (n: number) => object) =>
      [limit - 1, limit, limit + 1].map((n) => outcome(change(n)))
    const read = (code: string) => ['netwright', 'netwright', code]
    expect(around(LIMITS.nodes, (n) => ({ nodes: nodes(n) }))).toEqual(read('document/too-large'))
    expect(around(LIMITS.wires, (n) => ({ wires: wires(n) }))).toEqual(read('document/invalid'))
    expect(around(LIMITS.depth, (n) => ({ training: { x: nested(n - 2) } }))).toEqual(read('document/invalid'))
    expect(around(LIMITS.stringLength, (n) => ({ training: { x: 'a'.repeat(n) } }))).toEqual(read('document/invalid'))
    expect(around(LIMITS.nameLength, (n) => ({ name: '😀'.repeat(n) }))).toEqual(read('document/invalid'))
    expect(around(LIMITS.coordinate, (n) => ({ nodes: { a: { type: 'relu', params: {}, at: [n, -n] } } }))).toEqual(
      read('document/invalid'),
    )
  })

  it('is not harmed by a file that is too large or nested a million levels deep', () => {
    expect(refusal(' '.repeat(LIMITS.documentBytes + 1))).toEqual([
      'document/too-large',
      'The file has 32.0 MiB; at most 32 MiB are read.',
    ])
    const deep = file({ training: { x: 'DEEP' } }).replace('"DEEP"', '['.repeat(1e6) + ']'.repeat(1e6))
    expect(refusal(deep)).toEqual(['document/invalid', 'The document is damaged: it is nested deeper than 64 levels.'])
  })
})
