import { expect, it } from 'vitest'
import { offeredDevices } from '../../../../src/main/engine/devices/catalogue.js'

const TENSORFLOW = ['tensorflow-cpu', 'tensorflow-gpu']

/** What the package lists on each platform, and the devices that makes. */
const PLATFORMS = [
  [
    ['cpu', 'webgpu', 'cuda', 'tensorrt'],
    ['onnx-cpu', ...TENSORFLOW, 'onnx-cuda', 'onnx-webgpu'],
  ],
  [
    ['cpu', 'dml', 'webgpu'],
    ['onnx-cpu', ...TENSORFLOW, 'onnx-webgpu', 'onnx-directml'],
  ],
  [
    ['cpu', 'coreml', 'webgpu'],
    ['onnx-cpu', ...TENSORFLOW, 'onnx-webgpu', 'onnx-coreml'],
  ],
  [['cpu'], ['onnx-cpu', ...TENSORFLOW]],
  [undefined, [...TENSORFLOW, 'onnx-wasm']],
] as const

it('offers the build with OpenMP beside the usual one, where it is', () => {
  expect(offeredDevices(['cpu'], true)).toEqual(['onnx-cpu', 'tensorflow-cpu', 'tensorflow-openmp', 'tensorflow-gpu'])
})

it.each(PLATFORMS)('ONNX Runtime with %j offers %j', (providers, devices) => {
  expect(offeredDevices(providers)).toEqual(devices)
})
