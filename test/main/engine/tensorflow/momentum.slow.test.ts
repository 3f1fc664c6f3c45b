import { describe, expect, it } from 'vitest'
import { optimize } from '../../../../src/main/engine/step/optimize.js'
import { momentumUpdates } from '../../../../src/main/engine/tensorflow/momentum.js'
import { trace } from '../../../../src/main/engine/trace/trace.js'
import { netOf } from '../../../../src/shared/program/state.js'
import { OPTIMIZERS, type OptimizerName, type StepRules } from '../../../../src/shared/training/settings.js'
import { batchFor, bits, restless, started, train, withNaN } from '../net.js'
import { hasTensorFlow } from '../runtimes.js'

const weights = netOf(restless).trainable.length

/** Updates found in a training step of the net with everything that has state. */
function found(optimizer: OptimizerName, rules: Partial<StepRules> = {}) {
  return momentumUpdates(optimize(trace({ kind: 'train', analysis: restless, optimizer, batch: 2, rules }))).length
}

describe('updates with momentum', () => {
  it('are found for every weight, with decay, clipping and parts of batches too', () => {
    expect([
      found('momentum'),
      found('momentum', { weightDecay: 1e-4, clipNorm: 1, clipValue: 2 }),
      found('momentum', { microBatches: 2 }),
    ]).toEqual([weights, weights, weights])
  })

  it('are found nowhere else: not in other rules, nor where an average reads the new weights', () => {
    const others = OPTIMIZERS.filter((name) => name !== 'momentum').map((name) => found(name))
    expect([...others, found('momentum', { averageDecay: 0.99 })]).toEqual([0, 0, 0, 0, 0, 0])
  })

  it.skipIf(!hasTensorFlow)('change nothing if the loss is not finite', async () => {
    const executor = started(restless, 'momentum', 'tensorflow-cpu')
    await train(executor, restless, 0, 2)
    const before = bits(await executor.getState())
    const feeds = withNaN(batchFor(restless, 2))
    expect((await executor.run('train', feeds)).loss).toBeNaN()
    expect(bits(await executor.getState())).toEqual(before)
    await executor.dispose()
  })
})
