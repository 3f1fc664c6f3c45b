import { describe, expect, it } from 'vitest'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { initialState } from '../../../src/shared/program/initial-state.js'
import { netOf } from '../../../src/shared/program/state.js'
import { graphOf, type Short } from '../graph-of.js'

const nodes: Record<string, Short> = {
  input: ['input', { height: 8, width: 8 }],
  conv: ['conv2d', { filters: 96, kernel: [5, 5] }, 'input'],
  norm: ['batch_norm', {}, 'conv'],
  deep: ['conv2d', { filters: 64 }, 'norm'],
  mean: ['global_average_pool', {}, 'deep'],
  logits: ['dense', { units: 100 }, 'mean'],
  main: ['head', {}, 'logits'],
}
const analysis = analyze(graphOf(nodes))

describe('the start of a net', () => {
  it('has every weight and statistic in its shape', () => {
    const net = netOf(analysis)
    const shapes = Object.fromEntries([...initialState(analysis, 1)].map(([name, { shape }]) => [name, shape]))
    expect(shapes).toEqual(
      Object.fromEntries([...net.trainable, ...net.statistics].map(({ name, shape }) => [name, shape])),
    )
    expect(Object.keys(shapes).length).toBe(10)
  })

  it('is spread as He and Glorot ask', () => {
    const state = initialState(analysis, 3)
    const cases = Object.values(analysis.nodes).flatMap((node) =>
      Object.entries(node.weights).map(([name, spec]) => ({ name: `${node.id}/${name}`, init: spec.init })),
    )
    for (const { name, init } of cases) {
      const data = state.get(name)!.data
      const [mean, deviation] = moments(data)
      const expected = init.kind === 'constant' ? 0 : deviationOf(init)
      expect(Math.abs(deviation - expected)).toBeLessThanOrEqual(0.03 * expected)
      expect(Math.abs(mean - (init.kind === 'constant' ? init.value : 0))).toBeLessThanOrEqual(
        (4 * expected) / Math.sqrt(data.length),
      )
    }
    console.log(`cases=${cases.length}`)
  })

  it('is a function of the seed, and of the name alone where a net grows', () => {
    const grown = analyze(
      graphOf({
        ...nodes,
        act: ['relu', {}, 'deep'],
        side: ['dense', { units: 9 }, 'mean'],
        aux: ['head', {}, 'side'],
      }),
    )
    const [before, after] = [initialState(analysis, 5), initialState(grown, 5)]
    for (const [name, tensor] of before) expect(after.get(name)).toEqual(tensor)
    expect(initialState(analysis, 6).get('conv/kernel')).not.toEqual(before.get('conv/kernel'))
    expect(new Set(before.get('conv/kernel')!.data).size).toBeGreaterThan(7000)
  })
})

function moments(data: Float32Array): [number, number] {
  const mean = data.reduce((sum, value) => sum + value, 0) / data.length
  return [mean, Math.sqrt(data.reduce((sum, value) => sum + (value - mean) ** 2, 0) / data.length)]
}

function deviationOf(init: { kind: 'he-normal' | 'glorot-uniform'; fanIn: number; fanOut: number }): number {
  return init.kind === 'he-normal' ? Math.sqrt(2 / init.fanIn) : Math.sqrt(2 / (init.fanIn + init.fanOut))
}
