import { expect, it } from 'vitest'
import { tf } from '../../../src/main/engine/tf.js'
import { batchFor, restless, started, train } from './net.js'
import { hasTensorFlow } from './runtimes.js'

const devices = hasTensorFlow ? (['onnx-cpu', 'tensorflow-cpu'] as const) : (['onnx-cpu'] as const)

const STEPS = 400

it.each(devices)('hundreds of steps on %s leave memory and tensors as they were', async (device) => {
  const executor = started(restless, 'adam', device)
  await train(executor, restless, 0, 50)
  await executor.run('evaluate', batchFor(restless, 0, 3))
  const tensors = tf.memory().numTensors
  const before = process.memoryUsage.rss()
  await train(executor, restless, 50, 50 + STEPS)
  for (let i = 0; i < 50; i++) await executor.run('evaluate', batchFor(restless, i, 3 + (i % 4)))
  expect(tf.memory().numTensors).toBe(tensors)
  // Compiling four batch sizes over and over, two kept at a time, would show as hundreds of megabytes.
  expect((process.memoryUsage.rss() - before) / 2 ** 20).toBeLessThan(150)
  console.log(`cases=${STEPS + 50}`)
  await executor.dispose()
})
