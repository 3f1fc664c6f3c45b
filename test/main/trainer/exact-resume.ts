import { describe, expect, it } from 'vitest'
import { createExecutor } from '../../../src/main/engine/create-executor.js'
import type { Executor } from '../../../src/main/engine/executor.js'
import { openDataset } from '../../../src/main/data/open.js'
import { encodeSafetensors, parseSafetensors } from '../../../src/main/models/safetensors.js'
import { loop } from '../../../src/main/trainer/loop.js'
import { readNet } from '../../../src/main/trainer/net.js'
import { initialState } from '../../../src/shared/program/initial-state.js'
import type { StepEvent, TrainingEvent } from '../../../src/shared/training/events.js'
import { NO_PLATEAU } from '../../../src/shared/training/schedules.js'
import { OPTIMIZERS, type DeviceName, type TrainingSettings } from '../../../src/shared/training/settings.js'
import { hasTensorFlow } from '../engine/runtimes.js'
import { tinyData, tinyDocument, tinySettings } from './tiny.js'
import type { Plan, Progress } from '../../../src/main/trainer/plan.js'

const STEPS = 60
const HEAD_WEIGHTS = { main: 1, aux: 0.3 }

/** State as a checkpoint keeps it. */
const saved = async (executor: Executor) => Buffer.concat(encodeSafetensors(await executor.getState()))

/** Settings under which everything that can depend on the step does: order, augmentation, dropout, rate, parts of a batch. */
const cases: readonly (readonly [string, Partial<TrainingSettings>])[] = [
  ...OPTIMIZERS.map((optimizer) => [optimizer, { optimizer }] as const),
  ['parts of a batch', { optimizer: 'adam', microBatches: 4 }],
  [
    'averaged weights, clipped, with warm-up',
    { optimizer: 'adamw', averageDecay: 0.9, clipNorm: 1, schedule: 'cosine', warmupSteps: 9 },
  ],
]

/** Training resumed before each of 60 steps, in the middle of epochs and between them, equals one that never stopped, in every bit. */
export function resumesExactly(threads: number): void {
  const devices: readonly DeviceName[] = hasTensorFlow ? ['onnx-cpu', 'tensorflow-cpu'] : ['onnx-cpu']

  describe.each(devices)(`resume on %s with ${threads} threads`, (device) => {
    it.each(cases)('is exact before each of 60 steps: %s', async (_name, change) => {
      const settings = tinySettings(await tinyData(56, 6), { learningRate: 0.01, augment: true, ...change })
      const dataset = await openDataset(settings.data, { validationShare: 0, seed: 1 })
      const { analysis } = readNet(tinyDocument({ dropout: true }), dataset.shape)
      const executorOf = () =>
        createExecutor(analysis, { device, optimizer: settings.optimizer, rules: settings, threads })
      const [whole, resumed] = [executorOf(), executorOf()]
      const states: Buffer[] = []

      /** Train from one step to another; the losses, and the state after each step in `kept`. */
      async function run(executor: Executor, from: number, to: number, kept: Buffer[]): Promise<readonly StepEvent[]> {
        const events: TrainingEvent[] = []
        const progress: Progress = { step: from, closed: from, headWeights: HEAD_WEIGHTS, plateau: NO_PLATEAU }
        const plan: Plan = {
          settings: { ...settings, checkpointEvery: 1 },
          analysis,
          dataset,
          executor,
          steps: STEPS,
          stepsPerEpoch: 7,
          wishes: [],
          emit: (event) => void events.push(event),
          stopped: () => progress.step >= to,
          wished: () => undefined,
          checkpoint: async () => void kept.push(await saved(executor)),
          keep: () => Promise.resolve(),
          tellMemory: () => undefined,
        }
        await loop(plan, progress)
        return events.flatMap((event) => (event.type === 'step' ? [{ ...event, imagesPerSecond: 0 }] : []))
      }

      whole.setState(initialState(analysis, settings.seed))
      states.push(await saved(whole))
      const losses = await run(whole, 0, STEPS, states)
      expect([losses.length, states.length]).toEqual([STEPS, STEPS + 1])
      for (let from = 0; from < STEPS; from++) {
        const to = Math.min(STEPS, from + 2)
        const after: Buffer[] = []
        resumed.setState(parseSafetensors(states[from]!, 'state').tensors)
        expect(await run(resumed, from, to, after)).toEqual(losses.slice(from, to))
        expect(after.map((state, i) => state.equals(states[from + 1 + i]!))).toEqual(after.map(() => true))
        expect(after).toHaveLength(to - from)
      }
      console.log(`cases=${STEPS}`)
      for (const executor of [whole, resumed]) await executor.dispose()
    })
  })
}
