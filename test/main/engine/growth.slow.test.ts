import { expect, it } from 'vitest'
import { tf } from '../../../src/main/engine/tf.js'
import { leastGrowth } from './collect.js'
import { batchFor, restless, started, train } from './net.js'
import { hasTensorFlow } from './runtimes.js'

const devices = hasTensorFlow ? (['onnx-cpu', 'tensorflow-cpu'] as const) : (['onnx-cpu'] as const)

const PARTS = 4
/** Steps of a part, and evaluations. */
const STEPS = 100
const EVALUATIONS = 12

it.each(devices)('hundreds of steps on %s leave memory and tensors as they were', async (device) => {
  const executor = started(restless, 'adam', device)
  await train(executor, restless, 0, 50)
  await executor.run('evaluate', batchFor(restless, 0, 3))
  const tensors = tf.memory().numTensors
  const growth = await leastGrowth(PARTS, async (part) => {
    await train(executor, restless, 50 + part * STEPS, 50 + (part + 1) * STEPS)
    for (let i = 0; i < EVALUATIONS; i++) await executor.run('evaluate', batchFor(restless, i, 3 + (i % 4)))
  })
  expect(tf.memory().numTensors).toBe(tensors)
  // Compiling four batch sizes over and over, two kept at a time, would show as tens of megabytes in each part.
  expect(growth).toBeLessThan(20)
  console.log(
    `cases=${PARTS * (STEPS + EVALUATIONS)} ${device}: ${growth.toFixed(1)} MB more in each of ${PARTS} parts`,
  )
  await executor.dispose()
})
