import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createExecutor } from '../../../src/main/engine/create-executor.js'
import type { Executor } from '../../../src/main/engine/executor.js'
import type { OnnxDevice } from '../../../src/main/engine/onnx/runtime.js'
import { computeInThreads } from '../../../src/main/engine/onnx/thread-runner.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import type { Analysis } from '../../../src/shared/graph/graph.js'
import { initialState } from '../../../src/shared/program/initial-state.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'
import { built } from '../../built.js'
import { batchFor, bits, restless } from './net.js'

/** One device that a process of its own tests instead of the usual ones; see `other-devices.slow.test.ts`. */
const chosen = process.env['NETWRIGHT_TEST_DEVICE'] as OnnxDevice | undefined

const devices = chosen ? [chosen] : (['onnx-cpu', 'onnx-wasm'] as const)

/** An executor of the net as it begins, whose steps a thread of its own computes, or this one. */
function executorOf(net: Analysis, device: OnnxDevice, inThread: boolean): Executor {
  computeInThreads(inThread ? pathToFileURL(`${built()}/main/onnx-thread.js`) : undefined)
  const made = createExecutor(net, { device, optimizer: 'adam' })
  computeInThreads(undefined)
  made.setState(initialState(net, 1))
  return made
}

describe.each(devices)('an executor of %s whose steps a thread computes', (device) => {
  // Other devices than the processor take seconds for a step of ResNet-20 here.
  const net = device === 'onnx-cpu' ? analyze(buildTemplate(templateOf('cifar-resnet-20')!)) : restless
  let here: Executor
  let there: Executor
  beforeAll(() => {
    here = executorOf(net, device, false)
    there = executorOf(net, device, true)
  }, 120_000)
  afterAll(async () => {
    await here.dispose()
    await there.dispose()
  })

  it('makes the same steps and states, to the last bit', async () => {
    for (let step = 0; step < 3; step++) {
      const feeds = { ...batchFor(net, step), learningRate: 0.01, step, seed: 1 }
      expect(await there.run('train', feeds)).toEqual(await here.run('train', feeds))
    }
    expect(bits(await there.getState())).toEqual(bits(await here.getState()))
    const feeds = batchFor(net, 3)
    expect(await there.run('evaluate', feeds)).toEqual(await here.run('evaluate', feeds))
    expect(await there.run('predict', feeds)).toEqual(await here.run('predict', feeds))
  })

  it('leaves the event loop free while a step is computed', async () => {
    const turns = async (executor: Executor) => {
      const feeds = { ...batchFor(net, 0), learningRate: 0.01, step: 3, seed: 1 }
      await executor.run('train', feeds)
      let count = 0
      let running = true
      const turn = () => {
        count++
        if (running) setImmediate(turn)
      }
      setImmediate(turn)
      await executor.run('train', feeds)
      running = false
      return count
    }
    const [own, other] = [await turns(here), await turns(there)]
    console.log(`turns of the event loop during a step: ${own} in its own thread, ${other} beside another`)
    expect(own).toBeLessThan(10)
    expect(other).toBeGreaterThan(10)
  })

  it('keeps what it is fed usable, and takes a part of a larger array', async () => {
    const { images, labels = new Int32Array() } = batchFor(net, 0)
    const larger = new Float32Array(2 * images.length)
    larger.set(images, images.length)
    const feeds = { images: larger.subarray(images.length), labels }
    expect(await there.run('evaluate', feeds)).toEqual(await there.run('evaluate', { images, labels }))
    expect([larger.length, labels.length]).toEqual([2 * images.length, labels.length])
  })

  it('goes on after a call that could not be sent', async () => {
    const feeds = batchFor(net, 0)
    const [expected, state] = [await there.run('evaluate', feeds), bits(await there.getState())]
    const slice = vi.spyOn(ArrayBuffer.prototype, 'slice').mockImplementationOnce(() => {
      throw new RangeError('Array buffer allocation failed')
    })
    await expect(there.run('evaluate', feeds)).rejects.toThrow('allocation failed')
    slice.mockRestore()
    // Its answer is that of the call, not of the one before it.
    expect(await there.run('evaluate', feeds)).toEqual(expected)
    expect(bits(await there.getState())).toEqual(state)
  })

  it('refuses a state of other names where it is given', () => {
    expect(() => there.setState(new Map())).toThrow()
  })
})

it('tells every call that a thread without a script cannot compute', async () => {
  computeInThreads(pathToFileURL(`${built()}/main/missing.js`))
  const lost = createExecutor(restless, { device: 'onnx-cpu' })
  computeInThreads(undefined)
  await expect(lost.run('evaluate', batchFor(restless, 0))).rejects.toThrow('missing.js')
  await expect(lost.getState()).rejects.toThrow('missing.js')
  await lost.dispose()
})
