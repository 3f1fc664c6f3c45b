import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { createExecutor } from '../../../src/main/engine/create-executor.js'
import { tf } from '../../../src/main/engine/tf.js'
import { initialState } from '../../../src/shared/program/initial-state.js'
import { leastGrowth } from './collect.js'
import { batchFor, restless } from './net.js'
import { hasTensorFlow } from './runtimes.js'

const devices = hasTensorFlow ? (['onnx-cpu', 'tensorflow-cpu'] as const) : (['onnx-cpu'] as const)

/** Steps to be measured, in parts, after as many as caches need to fill. */
const STEPS = 2000
const PARTS = 4
const WARM = 500
/** Growth of memory in each part that may be chance: a tensor of 4 kB lost at each step would be 2 MB. */
const MOST_MB = 1.5

/** Open files, and tensors of tfjs. */
const held = () => ({
  files: process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0,
  tensors: tf.memory().numTensors,
})

it.each(devices)('2,000 steps of every kind on %s hold no more than the first ones', async (device) => {
  const rules = { microBatches: 2, averageDecay: 0.9, clipNorm: 1 }
  const executor = createExecutor(restless, { device, optimizer: 'adam', rules })
  executor.setState(initialState(restless, 1))
  const batches = Array.from({ length: 8 }, (_, i) => batchFor(restless, i))
  const run = async (from: number, to: number) => {
    for (let step = from; step < to; step++) {
      const feeds = { ...batches[step % batches.length]!, step, learningRate: 1e-3 }
      await executor.run('accumulate', feeds)
      await executor.run('train', { ...feeds, part: 1 })
      if (step % 10 === 0) await executor.run('probe', feeds)
      if (step % 50 === 0) await executor.run('evaluate', feeds)
      if (step % 100 === 0) executor.setState(await executor.getState())
    }
  }
  await run(0, WARM)
  const before = held()
  const size = STEPS / PARTS
  const growth = await leastGrowth(PARTS, (part) => run(WARM + part * size, WARM + (part + 1) * size))
  console.log(`cases=${STEPS} ${device}: ${growth.toFixed(1)} MB more in each of ${PARTS} parts`)
  expect(held()).toEqual(before)
  expect(growth).toBeLessThan(MOST_MB)
  await executor.dispose()
})
