import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { latestCheckpoint } from '../../../../src/main/trainer/run/checkpoint.js'
import { readRecord } from '../../../../src/main/trainer/run/runfolder.js'
import type { TrainingEvent } from '../../../../src/shared/training/events.js'
import { built } from '../../../built.js'
import { eventually } from '../../../eventually.js'
import { tinyData, tinyDocument } from '../../trainer/tiny.js'
import { hasTensorFlow } from '../runtimes.js'
import { computers, withoutNamespaces, type Computers } from './namespaces.js'

const missing = withoutNamespaces() ?? (hasTensorFlow ? undefined : 'There is no TensorFlow.')
if (missing !== undefined) console.warn(`SKIPPED: tests of workers on several computers. ${missing}`)

const PORT = 2222
/** Of these the first are workers, and the last trains. */
const COMPUTERS = 4
const TRAINER = COMPUTERS - 1

let program: string
let folder: string
let data: string
let network: Computers
const started: ChildProcess[] = []

beforeAll(async () => {
  if (missing !== undefined) return
  program = join(built(), 'main', 'cli.js')
  folder = await mkdtemp(join(tmpdir(), 'netwright-cluster-'))
  data = await tinyData()
  await writeFile(join(folder, 'net.json'), tinyDocument({ norm: false }))
  network = await computers(COMPUTERS)
})
afterEach(() => started.splice(0).forEach((child) => child.kill('SIGKILL')))
afterAll(async () => {
  network?.close()
  if (folder) await rm(folder, { recursive: true })
})

/** What a started command printed, and its end. */
interface Running {
  readonly child: ChildProcess
  readonly streams: { out: string; err: string }
  readonly ended: Promise<number | null>
}

function netwright(computer: number, ...args: string[]): Running {
  const [first = '', ...rest] = [...network.on(computer), process.execPath, program, ...args]
  const env = { ...process.env, NETWRIGHT_HOME: join(folder, `home-${computer}`) }
  const child = spawn(first, rest, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  started.push(child)
  const streams = { out: '', err: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => (streams.out += text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => (streams.err += text))
  return { child, streams, ended: once(child, 'close').then(([code]) => code as number | null) }
}

const clusterOf = (count: number) =>
  network.addresses
    .slice(0, count)
    .map((address) => `${address}:${PORT}`)
    .join(',')

async function work(index: number, cluster: string): Promise<Running> {
  const worker = netwright(index, 'worker', '--cluster', cluster, '--index', String(index))
  await eventually(() => expect(worker.streams.err).toContain('listens on'))
  return worker
}

const workers = (count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => work(index, clusterOf(count))))

const eventsOf = ({ streams }: Running) =>
  streams.out
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as TrainingEvent)
const TRAIN = ['train', 'net.json', '--device', 'tensorflow-cpu', '--json', '--no-augment', '--clip-norm', '1']
const train = (out: string, ...more: string[]) =>
  netwright(TRAINER, ...TRAIN, '--data', data, '--batch', '7', '--out', out, ...more)

/** Losses of all steps and validations. */
async function losses(running: Running): Promise<readonly number[]> {
  const code = await running.ended
  expect({ code, err: running.streams.err }).toMatchObject({ code: 0 })
  return eventsOf(running).flatMap((event) =>
    event.type === 'step' || event.type === 'validation'
      ? [event.loss, ...Object.values(event.heads).map(({ loss }) => loss)]
      : [],
  )
}

describe.skipIf(missing !== undefined)('computers on one network', () => {
  it.each([2, 3])('%i workers have the losses of one device with the whole batch to 1e-5', async (count) => {
    await workers(count)
    const together = await losses(train(`together-${count}`, '--epochs', '3', '--workers', clusterOf(count)))
    const alone = await losses(train(`alone-${count}`, '--epochs', '3'))
    const difference = Math.max(...together.map((loss, i) => Math.abs(loss - alone[i]!) / Math.abs(alone[i]!)))
    expect(together).toHaveLength(alone.length)
    expect(difference).toBeLessThan(1e-5)
    console.log(`cases=${alone.length} largest=${difference}`)
  })

  it('a worker answers at its own address and at no other of its computer', async () => {
    const [worker] = await workers(1)
    expect(worker!.streams.err).toContain(`${network.addresses[0]}:${PORT}. TensorFlow’s server takes orders`)
    expect(worker!.streams.err).toContain('at this address')
    const script = `
      const { connect } = require('node:net')
      const stranger = connect(${PORT}, '127.0.0.1').on('connect', () => console.log('stranger'))
      connect(${PORT}, '${network.addresses[0]}').on('connect', () => { console.log('friend'); process.exit() })`
    const [first = '', ...rest] = [...network.on(0), process.execPath, '-e', script]
    const caller = spawn(first, rest, { stdio: ['ignore', 'pipe', 'inherit'] })
    const [said] = (await once(caller.stdout, 'data')) as [Buffer]
    expect(said.toString()).toBe('friend\n')
  })

  it.each(['dies', 'loses its cable'])(
    'a worker that %s ends the run; with workers or alone it goes on',
    async (how) => {
      const cluster = clusterOf(2)
      const all = await workers(2)
      const out = how.replaceAll(' ', '-')
      const training = train(out, '--epochs', '1000000', '--workers', cluster, '--checkpoint-every', '2')
      await eventually(() => expect(eventsOf(training).some(({ type }) => type === 'validation')).toBe(true))
      if (how === 'dies') all[1]!.child.kill('SIGKILL')
      else network.cable(1, 'down')
      expect(await training.ended).toBe(1)
      network.cable(1, 'up')
      expect(training.streams.err).toContain('A worker of this training is gone')
      expect(eventsOf(training).find(({ type }) => type === 'end')).toMatchObject({ reason: 'failed' })
      const run = join(folder, out)
      expect(await readRecord(run)).toMatchObject({ state: 'failed', error: { code: 'device/worker-lost' } })
      const checkpoint = await latestCheckpoint(run)
      expect(checkpoint).toMatchObject({ passedOver: [] })

      for (const worker of all) worker.child.kill('SIGINT')
      await Promise.all(all.map(({ ended }) => ended))
      await workers(2)
      const again = netwright(TRAINER, 'resume', out, '--workers', cluster, '--json')
      await eventually(() => expect(eventsOf(again).some(({ type }) => type === 'step')).toBe(true))
      expect(eventsOf(again)[0]).toMatchObject({ type: 'start', resumed: checkpoint!.position.step })
      again.child.kill('SIGINT')
      expect(await again.ended).toBe(0)
      const { step } = await readRecord(run)
      const alone = netwright(TRAINER, 'resume', out, '--json')
      await eventually(() => expect(eventsOf(alone).some(({ type }) => type === 'step')).toBe(true))
      expect(eventsOf(alone)[0]).toMatchObject({ type: 'start', resumed: step })
      alone.child.kill('SIGINT')
      expect(await alone.ended).toBe(0)
    },
  )
})
