import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { parse, print } from '../../../src/shared/document/file.js'
import { analyze } from '../../../src/shared/graph/analyze.js'

const text = readFileSync(fileURLToPath(new URL('../../files/v1/three-heads.netwright.json', import.meta.url)), 'utf8')

it('opens a frozen file of version 1 and saves it byte for byte', () => {
  expect(print(parse(text))).toBe(text)
})

it('keeps what it does not know, and shows it as a problem', () => {
  const document = parse(text)
  expect(document.nodes['future']).toEqual({
    type: 'capsule_routing',
    params: { iterations: 3, nested: { a: [1, null, 'x'], b: {} } },
    at: [-100.5, 320],
    note: 'kept',
  })
  expect(document.extra).toEqual({ annotations: [{ text: 'from a later version' }] })
  const { issues, parameters, multiplyAdds, heads } = analyze(document)
  expect(issues.map(({ code, where }) => [code, where])).toEqual([['node/unknown-type', { node: 'future' }]])
  // conv_1 608, in_a 432, aux 8,365, logits 115 weights; 153,600 + 105,472 + 12,368 + 110 multiply-adds.
  expect({ parameters, multiplyAdds, heads }).toEqual({
    parameters: { total: 9_520, trainable: 9_520 },
    multiplyAdds: 271_550,
    heads: [
      { id: 'main', shape: [5], weight: 1 },
      { id: 'aux_1', shape: [5], weight: 0.3 },
    ],
  })
})
