import { expect, it } from 'vitest'
import { softwareGpu } from '../main/engine/software-gpu.js'
import { contractOn } from './contract-on.js'

const gpu = softwareGpu()
const skipped = gpu === undefined ? 1 : 0
console.log(
  `cases=${2 - skipped} skipped=${skipped}${skipped ? ' (WebGPU: no browser with a software graphics card)' : ''}`,
)

const on = (device: string, environment: NodeJS.ProcessEnv) =>
  contractOn(`on ${device}`, { ...environment, NETWRIGHT_TEST_DEVICE: device })

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
