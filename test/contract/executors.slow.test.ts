import { describe, expect, it } from 'vitest'
import { analyze } from '../../src/shared/graph/analyze.js'
import { DEVICES, type DeviceName } from '../../src/shared/training/settings.js'
import { leastGrowth } from '../main/engine/collect.js'
import { batchFor, started, train } from '../main/engine/net.js'
import { graphOf } from '../shared/graph-of.js'

/** Batch norm, overlapping pooling, dropout and a concatenation: state, indices and chance, with few shaders. */
const net = analyze(
  graphOf({
    input: ['input', { height: 6, width: 6 }],
    conv: ['conv2d', { filters: 4, bias: false }, 'input'],
    norm: ['batch_norm', {}, 'conv'],
    act: ['relu', {}, 'norm'],
    pool: ['max_pool', { size: [3, 3], stride: [2, 2] }, 'act'],
    drop: ['dropout', { rate: 0.2 }, 'pool'],
    flat: ['flatten', {}, 'drop'],
    logits: ['dense', { units: 4 }, 'flat'],
    main: ['head', {}, 'logits'],
  }),
)

const chosen = DEVICES.find((name) => name === process.env['NETWRIGHT_TEST_DEVICE'])
const devices: readonly DeviceName[] = [chosen ?? 'onnx-wasm']

describe.each(devices)('an executor on %s', (device) => {
  it('trains as the processor does, and its state goes there and back without rounding', async () => {
    const [judge, own] = [started(net, 'momentum'), started(net, 'momentum', device)]
    const [expected, losses] = [await train(judge, net, 0, 4), await train(own, net, 0, 4)]
    expect(Math.max(...losses.map((loss, i) => Math.abs(loss - expected[i]!) / expected[i]!))).toBeLessThan(1e-4)
    const [state, judged] = [await own.getState(), await judge.getState()]
    expect([...state.keys()]).toEqual([...judged.keys()])
    for (const [name, { data }] of state) {
      const largest = Math.max(...judged.get(name)!.data.map(Math.abs))
      data.forEach((value, i) => expect(Math.abs(value - judged.get(name)!.data[i]!)).toBeLessThan(1e-3 * largest))
    }
    const measured = await own.run('evaluate', batchFor(net, 9, 2))
    own.setState(state)
    expect(await own.getState()).toEqual(state)
    expect((await own.run('evaluate', batchFor(net, 9, 2))).loss).toBe(measured.loss)
    expect(await train(own, net, 4, 6)).toHaveLength(2)
    console.log(`cases=${state.size}`)
    for (const executor of [judge, own]) await executor.dispose()
  })

  it('holds no more memory after many steps than before', async () => {
    const executor = started(net, 'adam', device)
    await train(executor, net, 0, 20)
    const growth = await leastGrowth(4, (part) => train(executor, net, 20 + part * 50, 70 + part * 50))
    console.log(`${device}: ${growth.toFixed(1)} MB more in each of 4 parts`)
    expect(growth).toBeLessThan(10)
    await executor.dispose()
  })
})
