import { expect, it } from 'vitest'
import { layerCases } from './layer-cases.js'
import { judgesPython, runJudge } from './python.js'

interface Verdict {
  readonly judge: string
  readonly cases: readonly { readonly id: string; readonly difference?: number; readonly error?: string }[]
}

it(
  'computes what PyTorch computes by our spelling, every layer with the same weights',
  { timeout: 300_000 },
  async () => {
    const python = await judgesPython('torch')
    if (!python) return
    const cases = (await layerCases()).flatMap(({ id, layer, params, inputs, weights, output }) => {
      const module = layer.pytorch(
        params,
        inputs.map(({ shape }) => shape.slice(1)),
      )
      // torchvision is not among the judges.
      return module && !String(module[0]).startsWith('torchvision') ? [{ id, module, inputs, weights, output }] : []
    })
    const text = JSON.stringify(cases, (_, value: unknown) => (value === -Infinity ? '-inf' : value))
    const verdict = (await runJudge(python, 'torch_layers.py', [], text)) as Verdict
    const largest = verdict.cases.reduce((most, { difference = NaN }) => Math.max(most, difference), 0)
    console.log(`cases=${verdict.cases.length} largest=${largest} judge=${verdict.judge}`)
    expect(verdict.cases.filter(({ difference }) => !(difference! < 1e-5))).toEqual([])
    expect(verdict.cases.length).toBeGreaterThan(150)
  },
)
