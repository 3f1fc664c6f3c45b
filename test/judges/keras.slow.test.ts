import { expect, it } from 'vitest'
import { kerasLayers } from '../../src/shared/layers/define.js'
import { defaultsOf } from '../../src/shared/layers/fields.js'
import { layers } from '../../src/shared/layers/index.js'
import { layerCases } from './layer-cases.js'
import { judgesPython, runJudge } from './python.js'
import { isMisfit } from '../../src/shared/layers/shapes.js'

interface Verdict {
  readonly judge: string
  readonly cases: readonly {
    readonly id: string
    readonly parameters: number
    readonly output: readonly number[]
    /** Largest difference of a value with our weights, for cases with values. */
    readonly difference?: number
  }[]
}

/** Every layer × example in its Keras spelling, a function of TensorFlow for some, with what we say of it; not what Keras lacks. */
function spelled() {
  return layers.flatMap((layer) =>
    layer.examples.flatMap((example, i) => {
      const params = { ...defaultsOf(layer.params), ...example.params }
      const spelling = layer.keras(params, example.inputs)
      const calls = spelling ? kerasLayers(spelling) : []
      if (calls.length === 0) return []
      const output = layer.infer(params, example.inputs)
      const weights = Object.values(layer.weights?.(params, example.inputs) ?? {})
      const parameters = weights.reduce((sum, { shape }) => sum + shape.reduce((n, s) => n * s, 1), 0)
      return [{ id: `${layer.type}/${i}`, calls, inputs: example.inputs, parameters, output }]
    }),
  )
}

it('agrees with Keras on parameters, output shape and values of every layer', { timeout: 300_000 }, async () => {
  const python = await judgesPython('keras', 'tensorflow')
  if (!python) return
  const ours = spelled()
  expect(ours.filter(({ output }) => isMisfit(output))).toEqual([])
  const values = new Map((await layerCases()).map((one) => [one.id, one]))
  const input = ours.map(({ id, calls, inputs }) => {
    const { inputs: images, weights, output } = values.get(id) ?? {}
    return { id, calls, inputs, values: images && { inputs: images, weights, output } }
  })
  const verdict = (await runJudge(python, 'keras_layers.py', [], JSON.stringify(input))) as Verdict
  expect(verdict.cases.map(({ id, parameters, output }) => ({ id, parameters, output }))).toEqual(
    ours.map(({ id, parameters, output }) => ({ id, parameters, output })),
  )
  const judged = verdict.cases.filter(({ difference }) => difference !== undefined)
  const largest = judged.reduce((most, { difference = NaN }) => Math.max(most, difference), 0)
  console.log(`cases=${verdict.cases.length} values=${judged.length} largest=${largest} judge=${verdict.judge}`)
  expect(judged.filter(({ difference }) => !(difference! < 1e-5))).toEqual([])
  expect(judged.length).toBe(ours.filter(({ id }) => values.has(id)).length)
  expect(ours.length).toBeGreaterThan(150)
})
