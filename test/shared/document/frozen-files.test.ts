import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { parse, print } from '../../../src/shared/document/file.js'
import { analyze } from '../../../src/shared/graph/analyze.js'

function frozen(name: string): string {
  return readFileSync(fileURLToPath(new URL(`../../files/${name}.netwright.json`, import.meta.url)), 'utf8')
}

const text = frozen('v1/three-heads')

it('opens a frozen file of version 1 and saves it as version 2, byte for byte', () => {
  expect(print(parse(text))).toBe(frozen('v2/three-heads'))
})

it('opens frozen files of version 2 and saves them byte for byte', () => {
  for (const name of ['v2/three-heads', 'v2/own-blocks']) expect(print(parse(frozen(name)))).toBe(frozen(name))
})

it('keeps what it does not know, and shows it as a problem', () => {
  const document = parse(text)
  expect(document.nodes['future']).toEqual({
    type: 'capsule_routing',
    params: { iterations: 3, nested: { a: [1, null, 'x'], b: {} } },
    at: [-100.5, 320],
    note: 'kept',
  })
  expect(document.extra).toEqual({
    annotations: [{ text: 'from a later version' }],
    blocks_1: { mine: { nodes: {} } },
  })
  const { issues, parameters, multiplyAdds, heads } = analyze(document)
  expect(issues.map(({ code, where }) => [code, where])).toEqual([['node/unknown-type', { node: 'future' }]])
  // conv_1 608, in_a 432, aux 8,365, logits 115 weights; 153,600 + 105,472 + 12,368 + 110 multiply-adds.
  expect({ parameters, multiplyAdds, heads }).toEqual({
    parameters: { total: 9_520, trainable: 9_520 },
    multiplyAdds: 271_550,
    heads: [
      { id: 'main', origin: 'main', shape: [5], predicts: 'classes', weight: 1, depth: { longest: 4, shortest: 2 } },
      {
        id: 'aux_1',
        origin: 'aux_1',
        shape: [5],
        predicts: 'classes',
        weight: 0.3,
        depth: { longest: 4, shortest: 4 },
      },
    ],
  })
})

it('opens own blocks in own blocks, with expressions, two inputs and two outputs', () => {
  const document = parse(frozen('v2/own-blocks'))
  const { issues, parameters, graph, heads } = analyze(document)
  expect(issues).toEqual([])
  expect(graph.nodes.map(({ id, params }) => [id, params['filters']])).toEqual([
    ['input', undefined],
    ['first/shrink/conv', 6],
    ['first/shrink/norm', undefined],
    ['first/wide', 12],
    ['second/shrink/conv', 8],
    ['second/shrink/norm', undefined],
    ['second/wide', 16],
    ['cat', undefined],
    ['pool', undefined],
    ['logits', undefined],
    ['main', undefined],
  ])
  // first: 3*9*6+6 and 4*6, 6*9*12+12; second: 12*9*8+8 and 4*8, 8*9*16+16; logits: (6+16)*5+5.
  const first = 3 * 9 * 6 + 6 + 4 * 6 + (6 * 9 * 12 + 12)
  const second = 12 * 9 * 8 + 8 + 4 * 8 + (8 * 9 * 16 + 16)
  expect(parameters.total).toBe(first + second + (6 + 16) * 5 + 5)
  expect(heads).toMatchObject([{ id: 'main', shape: [5], weight: 1 }])
})
