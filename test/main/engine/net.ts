import { afterEach } from 'vitest'
import { createExecutor } from '../../../src/main/engine/create-executor.js'
import type { Executor, Feeds, TensorMap } from '../../../src/main/engine/executor.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import type { Analysis } from '../../../src/shared/graph/graph.js'
import { initialState } from '../../../src/shared/program/initial-state.js'
import { normal, hash } from '../../../src/shared/random.js'
import type { DeviceName, OptimizerName } from '../../../src/shared/training/settings.js'
import { graphOf } from '../../shared/graph-of.js'

/** Two heads, batch norm, dropout on an image and on a vector: everything that has state or chance in it. */
export const restless: Analysis = analyze(
  graphOf({
    input: ['input', { height: 8, width: 8 }],
    conv: ['conv2d', { filters: 6, bias: false }, 'input'],
    norm: ['batch_norm', {}, 'conv'],
    act: ['relu', {}, 'norm'],
    drop: ['dropout', { rate: 0.2 }, 'act'],
    pool: ['max_pool', {}, 'drop'],
    flat: ['flatten', {}, 'pool'],
    hidden: ['dense', { units: 12 }, 'flat'],
    drop2: ['dropout', { rate: 0.5 }, 'hidden'],
    logits: ['dense', { units: 4 }, 'drop2'],
    main: ['head', {}, 'logits'],
    mean: ['global_average_pool', {}, 'act'],
    side: ['dense', { units: 4 }, 'mean'],
    aux: ['head', { weight: 0.3 }, 'side'],
  }),
)

export function started(analysis: Analysis, optimizer: OptimizerName, device: DeviceName = 'onnx-cpu'): Executor {
  const executor = createExecutor(analysis, { device, optimizer })
  executor.setState(initialState(analysis, 1))
  return executor
}

/** Keeps executors of a test file until the end of each test, which disposes of them. */
export function openExecutors(): <E extends Executor>(executor: E) => E {
  const open: Executor[] = []
  afterEach(async () => {
    for (const executor of open.splice(0)) await executor.dispose()
  })
  return (executor) => {
    open.push(executor)
    return executor
  }
}

/** The batch of a step: normal images and their classes, a function of the step. */
export function batchFor(analysis: Analysis, step: number, size = 4, classes = 4): Feeds {
  const values = size * analysis.input!.shape.reduce<number>((product, extent) => product * (extent ?? 1), 1)
  return {
    images: Float32Array.from({ length: values }, (_, i) => normal(99, step, i)),
    labels: Int32Array.from({ length: size }, (_, i) => hash(98, step, i) % classes),
    learningRate: 0.05,
    step,
    seed: 7,
  }
}

/** The same batch with one value that is no number. */
export function withNaN(feeds: Feeds): Feeds {
  return { ...feeds, images: feeds.images.map((value, i) => (i === 5 ? NaN : value)) }
}

/** Train from one step to another; the losses on the way. */
export async function train(executor: Executor, analysis: Analysis, from: number, to: number): Promise<number[]> {
  const losses: number[] = []
  for (let step = from; step < to; step++) losses.push((await executor.run('train', batchFor(analysis, step))).loss!)
  return losses
}

/** The bits of a state, so that equal means equal and not nearly so. */
export function bits(state: TensorMap): Record<string, string> {
  return Object.fromEntries(
    [...state].map(([name, { data }]) => [name, Buffer.from(data.slice().buffer).toString('hex')]),
  )
}
