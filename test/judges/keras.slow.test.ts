import { expect, it } from 'vitest'
import { isMisfit, kerasLayers } from '../../src/shared/layers/define.js'
import { defaultsOf } from '../../src/shared/layers/fields.js'
import { layers } from '../../src/shared/layers/index.js'
import { judgesPython, runJudge } from './python.js'

interface Verdict {
  readonly judge: string
  readonly cases: readonly { readonly id: string; readonly parameters: number; readonly output: readonly number[] }[]
}

/** Every layer × example in its Keras spelling, with what we say of it. Keras has no local response normalisation layer. */
function spelled() {
  return layers.flatMap((layer) =>
    layer.examples.flatMap((example, i) => {
      const params = { ...defaultsOf(layer.params), ...example.params }
      const spelling = layer.keras(params, example.inputs)
      const calls = spelling ? kerasLayers(spelling) : []
      if (calls.length === 0 || calls.some(([className]) => className.includes('.'))) return []
      const output = layer.infer(params, example.inputs)
      const weights = Object.values(layer.weights?.(params, example.inputs) ?? {})
      const parameters = weights.reduce((sum, { shape }) => sum + shape.reduce((n, s) => n * s, 1), 0)
      return [{ id: `${layer.type}/${i}`, calls, inputs: example.inputs, parameters, output }]
    }),
  )
}

it('agrees with Keras on parameters and output shape of every layer', async () => {
  const python = await judgesPython('keras', 'tensorflow')
  if (!python) return
  const ours = spelled()
  expect(ours.filter(({ output }) => isMisfit(output))).toEqual([])
  const input = JSON.stringify(ours.map(({ id, calls, inputs }) => ({ id, calls, inputs })))
  const verdict = (await runJudge(python, 'keras_layers.py', [], input)) as Verdict
  console.log(`cases=${verdict.cases.length} judge=${verdict.judge}`)
  expect(verdict.cases).toEqual(ours.map(({ id, parameters, output }) => ({ id, parameters, output })))
  expect(ours.length).toBeGreaterThan(50)
})
