import { mkdtemp } from 'node:fs/promises'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createExecutor } from '../../../../src/main/engine/create-executor.js'
import { clusterOf, reachAll } from '../../../../src/main/engine/cluster.js'
import type { Executor } from '../../../../src/main/engine/executor.js'
import { forkLauncher } from '../../../../src/main/trainer/launcher.js'
import type { RunningJob } from '../../../../src/main/trainer/jobs.js'
import { analyze } from '../../../../src/shared/graph/analyze.js'
import { initialState } from '../../../../src/shared/program/initial-state.js'
import { graphOf } from '../../../shared/graph-of.js'
import { eventually } from '../../../eventually.js'
import { readRecord } from '../../../../src/main/trainer/run/runfolder.js'
import type { TrainingEvent } from '../../../../src/shared/training/events.js'
import { buildTrainer } from '../../trainer/build.js'
import { tinyData, tinyDocument, tinySettings } from '../../trainer/tiny.js'
import { batchFor, restless } from '../net.js'
import { hasTensorFlow } from '../runtimes.js'

/** Convolution, pooling, dropout and two heads, without batch norm: sharing a batch out changes nothing but rounding. */
const calm = analyze(
  graphOf({
    input: ['input', { height: 8, width: 8 }],
    conv: ['conv2d', { filters: 6 }, 'input'],
    act: ['relu', {}, 'conv'],
    drop: ['dropout', { rate: 0.3 }, 'act'],
    pool: ['max_pool', {}, 'drop'],
    flat: ['flatten', {}, 'pool'],
    logits: ['dense', { units: 4 }, 'flat'],
    main: ['head', {}, 'logits'],
    mean: ['global_average_pool', {}, 'act'],
    side: ['dense', { units: 4 }, 'mean'],
    aux: ['head', { weight: 0.3 }, 'side'],
  }),
)

let entry: string
const running: RunningJob<unknown>[] = []
const open: Executor[] = []
beforeAll(async () => {
  entry = await buildTrainer()
})
afterEach(async () => {
  for (const executor of open.splice(0)) await executor.dispose()
  for (const job of running.splice(0)) job.kill()
})

/** Ports below those that the system gives to whoever asks for any, so that no other test is given one before its worker starts. */
let nextPort = 20_000 + (process.pid % 1000) * 10

async function freePort(): Promise<number> {
  for (;;) {
    const port = nextPort++
    const server = createServer().listen(port, '127.0.0.1')
    const isFree = await once(server, 'listening').then(
      () => true,
      () => false,
    )
    if (!isFree) continue
    server.close()
    await once(server, 'close')
    return port
  }
}

/** So many workers in processes of their own; resolves when all of them answer. */
async function workers(count: number): Promise<readonly string[]> {
  const ports = await Promise.all(Array.from({ length: count }, () => freePort()))
  const cluster = ports.map((port) => `127.0.0.1:${port}`)
  cluster.forEach((_, index) => {
    const job = forkLauncher(entry).run({ kind: 'worker', cluster, index })
    job.result.catch(() => undefined)
    running.push(job)
  })
  await eventually(() => reachAll(cluster))
  return cluster
}

function executor(analysis = calm, cluster?: readonly string[]): Executor {
  const made = createExecutor(analysis, {
    device: 'tensorflow-cpu',
    optimizer: 'momentum',
    rules: { clipNorm: 1, weightDecay: 1e-3 },
    ...(cluster && { workers: cluster }),
  })
  made.setState(initialState(analysis, 1))
  open.push(made)
  return made
}

async function losses(on: Executor, analysis = calm, batch = 7, steps = 6) {
  const heads: number[][] = []
  for (let step = 0; step < steps; step++) {
    const { loss, heads: parts } = await on.run('train', batchFor(analysis, step, batch))
    heads.push([loss!, ...Object.values(parts).flatMap((part) => [part.loss!, part.correct!])])
  }
  return heads
}

const largest = (a: readonly number[][], b: readonly number[][]) =>
  Math.max(
    ...a.flatMap((row, i) => row.map((value, j) => Math.abs(value - b[i]![j]!) / Math.max(Math.abs(value), 1e-6))),
  )

describe.skipIf(!hasTensorFlow)('workers on one computer', () => {
  it.each([2, 3])('%i of them make the steps of the whole batch, losses and weights to 1e-5', async (count) => {
    const [alone, together] = [executor(), executor(calm, await workers(count))]
    const difference = largest(await losses(alone), await losses(together))
    expect(difference).toBeLessThan(1e-5)
    const [expected, state] = [await alone.getState(), await together.getState()]
    for (const [name, { data }] of expected) {
      const size = Math.max(...data.map(Math.abs), 1e-6)
      state.get(name)!.data.forEach((value, i) => expect(Math.abs(value - data[i]!)).toBeLessThan(1e-5 * size))
    }
    const feeds = batchFor(calm, 9, 5)
    expect((await together.run('evaluate', feeds)).loss).toBeCloseTo((await alone.run('evaluate', feeds)).loss!, 5)
    console.log(`cases=${expected.size} largest=${difference}`)
  })

  it('train batch norm with the statistics of each share, and keep the mean of them', async () => {
    const together = executor(restless, await workers(2))
    const before = initialState(restless, 1).get('norm/moving_mean')!.data
    const rows = await losses(together, restless, 8, 12)
    expect(rows.flat().every(Number.isFinite)).toBe(true)
    expect((await together.getState()).get('norm/moving_mean')!.data).not.toEqual(before)
  })

  it('that die end the run with an error that says so; what was kept is whole and trains on alone', async () => {
    const cluster = await workers(2)
    const folder = join(await mkdtemp(join(tmpdir(), 'run-')), 'run')
    const settings = tinySettings(await tinyData(), { epochs: 1_000_000 })
    const job = { kind: 'train', document: tinyDocument({ norm: false }), settings, folder, workers: cluster } as const
    const events: TrainingEvent[] = []
    const training = forkLauncher(entry).run(job, (more) => events.push(...more))
    running.push(training)
    const outcome = expect(training.result).rejects.toMatchObject({
      code: 'device/worker-lost',
      hint: expect.stringContaining('resume') as string,
    })
    await eventually(() => expect(events.some(({ type }) => type === 'validation')).toBe(true))
    running[1]!.kill()
    await outcome
    const record = await readRecord(folder)
    expect(record).toMatchObject({ state: 'failed', device: 'tensorflow-cpu', error: { code: 'device/worker-lost' } })
    expect(record.deviceReason).toContain(cluster.join(', '))
    const onward: TrainingEvent[] = []
    const resumed = forkLauncher(entry).run({ kind: 'resume', run: folder, change: {} }, (more) => onward.push(...more))
    running.push(resumed)
    await eventually(() => expect(onward.some(({ type }) => type === 'validation')).toBe(true))
    resumed.stop()
    expect((await resumed.result).step).toBeGreaterThan(0)
  })
})

it('workers are named by host and port, once each, and must answer', async () => {
  expect(clusterOf('10.0.0.5:2222, node-b.lan:80')).toEqual(['10.0.0.5:2222', 'node-b.lan:80'])
  const bad = ['', 'host', 'host:', ':80', 'host:0', 'host:70000', 'a b:1', 'a:1,a:1', 'http://a:1']
  for (const text of bad)
    expect(() => clusterOf(text), text).toThrowError(expect.objectContaining({ code: 'input/invalid' }))
  const address = `127.0.0.1:${await freePort()}`
  await expect(reachAll([address])).rejects.toMatchObject({
    code: 'device/worker-lost',
    message: expect.stringContaining(`Worker 0 at ${address} does not answer`) as string,
  })
  console.log(`cases=${bad.length}`)
})
