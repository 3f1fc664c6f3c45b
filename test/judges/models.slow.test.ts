import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { layerExamples, netAround } from '../main/models/nets.js'
import { smallTemplates } from '../main/models/templates.js'
import { writeCase, type JudgeCase } from './cases.js'
import { judgesPython, runJudge } from './python.js'

interface Verdict {
  readonly judge: string
  readonly cases: readonly {
    readonly name: string
    readonly parameters?: number
    readonly largestDifference: number
  }[]
}

const LONG = 600_000
const root = mkdtempSync(join(tmpdir(), 'netwright-judge-'))
const cases: JudgeCase[] = []
let python: string | undefined

beforeAll(async () => {
  python = await judgesPython('onnx', 'onnxruntime', 'keras', 'tensorflow')
  if (!python) return
  const nets = [...layerExamples().map(({ layer, example }) => netAround(layer, example)), ...smallTemplates()]
  for (const document of nets) cases.push(await writeCase(root, document, cases.length))
}, LONG)
afterAll(() => rmSync(root, { recursive: true }))

async function judge(script: string, given: readonly JudgeCase[]) {
  writeFileSync(join(root, 'cases.json'), JSON.stringify(given))
  const verdict = (await runJudge(python as string, script, [root])) as Verdict
  const largest = Math.max(...verdict.cases.map((result) => result.largestDifference))
  console.log(`cases=${verdict.cases.length} largest=${largest} judge=${verdict.judge}`)
  expect(verdict.cases.map(({ name }) => name)).toEqual(given.map(({ name }) => name))
  expect(verdict.cases.length).toBeGreaterThan(60)
  expect(largest).toBeLessThan(1e-5)
  return verdict
}

it(
  'writes ONNX files that the onnx checker accepts and ONNX Runtime for Python computes alike',
  { timeout: LONG },
  async () => {
    if (python) await judge('onnx_files.py', cases)
  },
)

it('writes topologies for TensorFlow.js that Keras builds, counts and computes alike', { timeout: LONG }, async () => {
  if (!python) return
  const given = cases.filter(({ keras }) => keras)
  const verdict = await judge('keras_models.py', given)
  expect(verdict.cases.map((result) => result.parameters)).toEqual(given.map(({ written }) => written))
  // Kernels filled with zeros and the matrices of resized images are more than the net's own weights, never fewer.
  const plain = given.filter(({ parameters, written }) => parameters === written)
  expect(given.filter(({ parameters, written }) => written < parameters)).toEqual([])
  console.log(`cases=${plain.length} with the weights of the net alone`)
  expect(plain.length).toBeGreaterThan(170)
})
