import { expect, it } from 'vitest'
import type { Wire } from '../../../src/shared/document/document.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { LIMITS } from '../../../src/shared/limits.js'
import { graphOf, type Short } from '../graph-of.js'

/** A chain of 3x3 convolutions of 4 filters with a skip wire over every tenth. */
function chain(length: number) {
  const nodes: Record<string, Short> = { input: ['input', { height: 8, width: 8, channels: 4 }] }
  let last = 'input'
  for (let i = 0; i < length; i++) {
    const id = `n_${i}`
    nodes[id] = i % 10 === 9 ? ['add', {}, last, `n_${i - 9}`] : ['conv2d', { filters: 4 }, last]
    last = id
  }
  return graphOf({
    ...nodes,
    pool: ['global_average_pool', {}, last],
    logits: ['dense', { units: 2 }, 'pool'],
    main: ['head', {}, 'logits'],
  })
}

/** Fastest of a few runs, in ms; printed, not tested. */
function fastest(run: () => void): number {
  const times = Array.from({ length: 20 }, () => {
    const start = performance.now()
    run()
    return performance.now() - start
  })
  return Math.min(...times)
}

it('counts a thousand nodes right', () => {
  const document = chain(996)
  const { issues, parameters, multiplyAdds, origins } = analyze(document)
  // 99 of the 996 are adds; a convolution has 3 x 3 x 4 x 4 + 4 = 148 weights; dense 4 x 2 + 2.
  expect(Object.keys(document.nodes)).toHaveLength(1_000)
  expect({ issues, parameters: parameters.total, multiplyAdds }).toEqual({
    issues: [],
    parameters: 897 * 148 + 10,
    multiplyAdds: 897 * 64 * 144 + 8,
  })
  expect(origins['n_995']!.output).toEqual([8, 8, 4])
  console.log(`cases=1000 nodes, analysis ${fastest(() => analyze(document)).toFixed(1)} ms`)
})

it('is at home with the largest document, broken or not', () => {
  const document = chain(LIMITS.nodes - 4)
  expect(analyze(document).issues).toEqual([])
  const circle: Wire = { from: 'n_5000', to: 'n_9', input: 2 }
  expect(analyze({ ...document, wires: [...document.wires, circle] }).issues.map(({ code }) => code)).toEqual([
    'graph/cycle',
  ])
  const stray = Array.from({ length: 30_000 }, (_, i): Wire => ({ from: 'n_1', to: 'n_2', input: i }))
  const codes = analyze({ ...document, wires: [...document.wires, ...stray] }).issues.map(({ code }) => code)
  expect([codes.length, new Set(codes)]).toEqual([30_000, new Set(['wire/no-such-input', 'wire/doubled'])])
  console.log(`cases=3 of ${LIMITS.nodes} nodes`)
})
