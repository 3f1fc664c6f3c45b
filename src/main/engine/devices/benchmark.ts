import type { Analysis } from '../../../shared/graph/graph.js'
import { initialState } from '../../../shared/program/initial-state.js'
import { hash, uniform } from '../../../shared/random.js'
import type { OptimizerName, Regularization } from '../../../shared/training/settings.js'
import { createExecutor } from '../create-executor.js'
import type { Feeds } from '../executor.js'
import { count } from '../step/step.js'
import type { RealDevice } from './catalogue.js'

/** A net and how it is to be trained, for a measurement. */
export interface BenchmarkTask {
  readonly analysis: Analysis
  readonly optimizer: OptimizerName
  readonly rules?: Partial<Regularization>
  /** Images of a step. */
  readonly batch: number
  /** Steps are repeated until so many ms are over, the step that is being made is finished. */
  readonly milliseconds: number
}

/** How fast a device trained a net, and what says whether it computed the right thing. */
export interface Benchmark {
  readonly imagesPerSecond: number
  /** Of the first steps on made-up images, the same on every device: two that compute alike agree on them. */
  readonly losses: readonly number[]
  /** Images of a step. */
  readonly batch: number
}

/** Steps whose losses are told; the first is not timed: it compiles and fills caches. */
const COMPARED = 3
const SEED = 1
const RATE = 0.01

/** Train a net on made-up images in this process and take the time. */
export async function benchmark(device: RealDevice, task: BenchmarkTask): Promise<Benchmark> {
  const { analysis, optimizer, rules = {}, batch, milliseconds } = task
  const executor = createExecutor(analysis, { device, optimizer, rules })
  try {
    executor.setState(initialState(analysis, SEED))
    const feeds = madeUp(analysis, batch)
    const losses: number[] = []
    const step = async () => {
      const { loss = NaN } = await executor.run('train', { ...feeds, step: losses.length })
      losses.push(loss)
    }
    await step()
    const start = performance.now()
    let timed = 0
    let passed = 0
    while (losses.length < COMPARED || passed < milliseconds) {
      await step()
      timed++
      passed = performance.now() - start
    }
    return { imagesPerSecond: (timed * batch * 1000) / passed, losses: losses.slice(0, COMPARED), batch }
  } finally {
    await executor.dispose()
  }
}

/** Uniform noise and classes in turn, functions of nothing but their places. */
function madeUp(analysis: Analysis, batch: number): Feeds {
  const size = count((analysis.input?.shape ?? []).map((extent) => extent ?? 1))
  const classes = Math.min(...analysis.heads.map(({ shape }) => shape?.at(-1) ?? 1))
  return {
    images: Float32Array.from({ length: batch * size }, (_, i) => uniform(SEED, i)),
    labels: Int32Array.from({ length: batch }, (_, i) => hash(SEED, batch, i) % classes),
    learningRate: RATE,
    seed: SEED,
  }
}
