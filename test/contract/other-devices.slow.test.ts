import { execFile } from 'node:child_process'
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { softwareGpu } from '../main/engine/software-gpu.js'

const root = join(import.meta.dirname, '../..')
const gpu = softwareGpu()
const skipped = gpu === undefined ? 1 : 0
console.log(
  `cases=${2 - skipped} skipped=${skipped}${skipped ? ' (WebGPU: no browser with a software graphics card)' : ''}`,
)

/** What Vitest reports of tests that ran in a process of their own, where they see one device only. */
async function contractOn(device: string, environment: NodeJS.ProcessEnv) {
  const report = join(await mkdtemp(join(tmpdir(), 'contract-')), 'report.json')
  const files = ['kernels', 'grouped', 'shaping', 'heads', 'layers', 'executors'].map(
    (name) => `test/contract/${name}.test.ts`,
  )
  const vitest = [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--reporter=json', `--outputFile=${report}`]
  const only = ['-t', `on ${device}`]
  await new Promise((resolve) => {
    const env = { ...environment, NETWRIGHT_TEST_DEVICE: device }
    execFile(process.execPath, [...vitest, ...only, ...files], { cwd: root, env, maxBuffer: 2 ** 28 }, resolve)
  })
  const { testResults } = JSON.parse(await readFile(report, 'utf8')) as {
    testResults: { assertionResults: { status: string; fullName: string; failureMessages: string[] }[] }[]
  }
  const results = testResults.flatMap(({ assertionResults }) => assertionResults)
  const failed = results.filter(({ status }) => status === 'failed')
  return {
    passed: results.filter(({ status }) => status === 'passed').length,
    failed: failed.map(({ fullName, failureMessages }) => `${fullName}: ${failureMessages[0]?.split('\n', 1)[0]}`),
  }
}

it.skipIf(!gpu)(
  'every kernel and layer computes on WebGPU what tfjs computes, on a software graphics card',
  async () => {
    const { passed, failed } = await contractOn('onnx-webgpu', gpu!)
    expect(failed).toEqual([])
    expect(passed).toBeGreaterThan(60)
    console.log(`cases=${passed}`)
  },
)

it('every kernel and layer computes in WebAssembly what tfjs computes', async () => {
  const { passed, failed } = await contractOn('onnx-wasm', process.env)
  expect(failed).toEqual([])
  expect(passed).toBeGreaterThan(60)
  console.log(`cases=${passed}`)
})
