import { expect, it } from 'vitest'
import { softwareGpu } from '../main/engine/software-gpu.js'
import { contractOn } from './contract-on.js'

const gpu = softwareGpu()
const skipped = gpu === undefined ? 1 : 0
console.log(
  `cases=${3 - 2 * skipped} skipped=${2 * skipped}${skipped ? ' (WebGPU: no browser with a software graphics card)' : ''}`,
)

const on = (device: string, environment: NodeJS.ProcessEnv) =>
  contractOn(`on ${device}`, { ...environment, NETWRIGHT_TEST_DEVICE: device })

it.skipIf(!gpu)('steps on WebGPU leave the event loop free, and are the same in a thread of their own', async () => {
  const environment = { ...gpu!, NETWRIGHT_TEST_DEVICE: 'onnx-webgpu' }
  const { passed, failed } = await contractOn('an executor of', environment, ['test/main/engine/thread.slow.test.ts'])
  expect(failed).toEqual([])
  expect(passed).toBe(5)
})

it.skipIf(!gpu)(
  'every kernel and layer computes on WebGPU what tfjs computes, on a software graphics card',
  async () => {
    const { passed, failed } = await on('onnx-webgpu', gpu!)
    expect(failed).toEqual([])
    expect(passed).toBeGreaterThan(60)
    console.log(`cases=${passed}`)
  },
)

it('every kernel and layer computes in WebAssembly what tfjs computes', async () => {
  const { passed, failed } = await on('onnx-wasm', process.env)
  expect(failed).toEqual([])
  expect(passed).toBeGreaterThan(60)
  console.log(`cases=${passed}`)
})
