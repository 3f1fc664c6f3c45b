import { expect, it } from 'vitest'
import { decide, type Measured } from '../../../../src/main/trainer/devices/decide.js'

const at = (name: Measured['name'], imagesPerSecond: number, losses = [2.3, 2.2, 2.1]): Measured => {
  return { name, result: { imagesPerSecond, losses, batch: 8 } }
}

it('takes the fastest device and says by how much', () => {
  expect(decide([at('onnx-cpu', 41.2), at('tensorflow-cpu', 186.4), at('onnx-webgpu', 7.25)])).toEqual({
    device: 'tensorflow-cpu',
    reason: 'Fastest for this net: 186 images/s; Processor (ONNX Runtime) 41, Graphics card (WebGPU) 7.3.',
    speeds: [
      { name: 'tensorflow-cpu', title: 'Processor (TensorFlow)', imagesPerSecond: 186.4 },
      { name: 'onnx-cpu', title: 'Processor (ONNX Runtime)', imagesPerSecond: 41.2 },
      { name: 'onnx-webgpu', title: 'Graphics card (WebGPU)', imagesPerSecond: 7.25 },
    ],
  })
})

it('stays with the device that stands first in the list where another is hardly faster', () => {
  expect(decide([at('onnx-cpu', 100), at('tensorflow-cpu', 104)])?.device).toBe('onnx-cpu')
  expect(decide([at('onnx-cpu', 100), at('tensorflow-cpu', 106)])?.device).toBe('tensorflow-cpu')
})

const DEVIATIONS = [
  [[2.3, 2.2, 2.1], undefined],
  [[2.301, 2.21, 2.11], undefined],
  [[2.31, 2.2, 2.1], 'Its loss at step 1 is 2.31, but the reference has 2.3.'],
  [[2.3, 2.2, 2.2], 'Its loss at step 3 is 2.2, but the reference has 2.1.'],
  [[2.3, NaN, 2.1], 'Its loss at step 2 is NaN, but the reference has 2.2.'],
] as const

it.each(DEVIATIONS)('never takes a device whose losses %j are not the reference’s: %s', (losses, problem) => {
  const choice = decide([at('onnx-cpu', 10), at('onnx-webgpu', 1000, [...losses])])
  expect(choice?.device).toBe(problem === undefined ? 'onnx-webgpu' : 'onnx-cpu')
  expect(choice?.speeds[0]?.problem).toBe(problem)
})

it('weighs two engines of TensorFlow against each other by what this net took on each', () => {
  const choice = decide([at('onnx-cpu', 41), at('tensorflow-cpu', 186), at('tensorflow-openmp', 212)])
  expect(choice).toMatchObject({
    device: 'tensorflow-openmp',
    reason: 'Fastest for this net: 212 images/s; Processor (TensorFlow) 186, Processor (ONNX Runtime) 41.',
  })
  expect(decide([at('tensorflow-cpu', 186), at('tensorflow-openmp', 180)])?.device).toBe('tensorflow-cpu')
})

it('does without a device that failed, and has no choice without any', () => {
  const failed: Measured = { name: 'onnx-webgpu', result: { problem: 'lost' } }
  expect(decide([failed, at('tensorflow-cpu', 5)])).toMatchObject({
    device: 'tensorflow-cpu',
    reason: 'Fastest for this net: 5 images/s; Graphics card (WebGPU) failed.',
  })
  expect(decide([failed])).toBe(undefined)
})
