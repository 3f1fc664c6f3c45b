import { describe, expect, it } from 'vitest'
import { createExecutor } from '../../../../src/main/engine/create-executor.js'
import { kernelOf } from '../../../../src/main/engine/kernels/index.js'
import { batchFor, bits, openExecutors, restless, started, train } from '../net.js'
import { hasTensorFlow } from '../runtimes.js'
import { OPTIMIZERS } from '../../../../src/shared/training/settings.js'

const use = openExecutors()

describe.skipIf(!hasTensorFlow)('TensorFlow beside ONNX Runtime', () => {
  it.each(OPTIMIZERS)('drops the same values and learns the same with %s', async (optimizer) => {
    const onnx = use(started(restless, optimizer))
    const tensorflow = use(started(restless, optimizer, 'tensorflow-cpu'))
    const [judged, losses] = [await train(onnx, restless, 0, 6), await train(tensorflow, restless, 0, 6)]
    // Another value dropped would change the first loss by a tenth.
    losses.forEach((loss, i) => expect(Math.abs(loss - judged[i]!) / judged[i]!).toBeLessThan(1e-4))
    const state = await tensorflow.getState()
    let cases = 0
    for (const [name, { shape, data }] of await onnx.getState()) {
      expect(state.get(name)!.shape).toEqual(shape)
      const scale = data.reduce((top, value) => Math.max(top, Math.abs(value)), 1e-2)
      data.forEach((value, i) => expect(Math.abs(value - state.get(name)!.data[i]!) / scale).toBeLessThan(5e-3))
      cases += data.length
    }
    console.log(`cases=${cases}`)
  })

  it('goes on where ONNX Runtime stopped', async () => {
    const whole = use(started(restless, 'adam'))
    const losses = await train(whole, restless, 0, 6)
    const first = use(started(restless, 'adam'))
    await train(first, restless, 0, 3)
    const second = use(createExecutor(restless, { device: 'tensorflow-cpu', optimizer: 'adam' }))
    second.setState(await first.getState())
    expect(bits(await second.getState())).toEqual(bits(await first.getState()))
    const rest = await train(second, restless, 3, 6)
    rest.forEach((loss, i) => expect(Math.abs(loss - losses[3 + i]!) / losses[3 + i]!).toBeLessThan(1e-4))
  })
})

describe.skipIf(!hasTensorFlow)('the TensorFlow executor', () => {
  it('leaves the event loop free while it computes', async () => {
    const executor = use(started(restless, 'sgd', 'tensorflow-cpu'))
    let turns = 0
    let running = true
    const turn = () => {
      turns++
      if (running) setImmediate(turn)
    }
    setImmediate(turn)
    await executor.run('train', batchFor(restless, 0, 64))
    running = false
    expect(turns).toBeGreaterThan(2)
  })

  it('names the layer whose operation it lacks, and offers the other runtime', async () => {
    const kernel = kernelOf('Relu') as { tensorflow?: unknown }
    const { tensorflow } = kernel
    delete kernel.tensorflow
    try {
      const executor = use(started(restless, 'sgd', 'tensorflow-cpu'))
      await expect(executor.run('predict', batchFor(restless, 0))).rejects.toMatchObject({
        code: 'engine/unsupported',
        message: expect.stringMatching(/act.*Relu/) as string,
        hint: expect.stringContaining('onnx-cpu') as string,
      })
    } finally {
      kernel.tensorflow = tensorflow
    }
  })

  it('closes twice without harm, and keeps other executors running', async () => {
    const [one, other] = [started(restless, 'sgd', 'tensorflow-cpu'), use(started(restless, 'sgd', 'tensorflow-cpu'))]
    const before = await one.run('evaluate', batchFor(restless, 0))
    await one.dispose()
    await one.dispose()
    expect(await other.run('evaluate', batchFor(restless, 0))).toEqual(before)
  })
})
