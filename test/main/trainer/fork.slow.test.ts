import type * as processes from 'node:child_process'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { findTensorFlow } from '../../../src/main/engine/tensorflow/library.js'
import { readEvents, readRecord, RUN_FILES } from '../../../src/main/trainer/run/runfolder.js'
import { train } from '../../../src/main/trainer/jobs/train.js'
import type { TrainingEvent } from '../../../src/shared/training/events.js'
import { buildTrainer } from './build.js'
import { recorder, tinyData, tinyDocument, tinySettings } from './tiny.js'
import { timeless } from './comparable.js'

const children: ChildProcess[] = []
vi.mock('node:child_process', async (original) => {
  const real = await original<typeof processes>()
  const fork = (...args: Parameters<typeof real.fork>) => {
    const child = real.fork(...args)
    children.push(child)
    return child
  }
  return { ...real, fork }
})
const { forkLauncher } = await import('../../../src/main/trainer/launcher.js')
const { listDevices } = await import('../../../src/main/trainer/devices/list.js')

let entry: string
beforeAll(async () => {
  entry = await buildTrainer()
})

const newFolder = async () => join(await mkdtemp(join(tmpdir(), 'run-')), 'run')

async function endless(folder: string) {
  const settings = tinySettings(await tinyData(), { epochs: 1_000_000 })
  return { kind: 'train', document: tinyDocument(), settings, folder } as const
}

/** Start a job in a process and wait until `when` holds for its events. */
async function started(job: Awaited<ReturnType<typeof endless>>, when: (events: readonly TrainingEvent[]) => boolean) {
  const events: TrainingEvent[] = []
  const { promise, resolve } = withResolvers()
  const running = forkLauncher(entry).run(job, (more) => {
    events.push(...more)
    if (when(events)) resolve()
  })
  running.result.catch(() => undefined)
  await Promise.race([promise, running.result])
  return { running, events, child: children.at(-1) as ChildProcess }
}

function withResolvers() {
  let resolve = () => undefined as void
  const promise = new Promise<void>((done) => (resolve = done))
  return { promise, resolve }
}

/** Speed and memory, and how often a new peak of it is told, are those of the process. */
const plain = (events: readonly TrainingEvent[]) => events.filter(({ type }) => type !== 'memory').map(timeless)

const hasValidation = (events: readonly TrainingEvent[]) => events.some(({ type }) => type === 'validation')

describe('a trainer in its own process', () => {
  it('makes the same weights as in this one, tells all events, and is gone afterwards', async () => {
    const [here, there] = [await newFolder(), await newFolder()]
    const job = { kind: 'train', document: tinyDocument(), settings: tinySettings(await tinyData()) } as const
    const context = recorder()
    await train({ ...job, folder: here }, context)
    const events: TrainingEvent[] = []
    const { result } = forkLauncher(entry).run({ ...job, folder: there }, (more) => events.push(...more))
    const child = children.at(-1) as ChildProcess
    expect(await result).toEqual({ step: 6 })
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
    expect(plain(events)).toEqual(plain(context.events))
    expect(await readFile(join(there, RUN_FILES.weights))).toEqual(await readFile(join(here, RUN_FILES.weights)))
  })

  it('passes errors on with code and hint', async () => {
    const { result } = forkLauncher(entry).run({ kind: 'describe', data: '/nowhere', validationShare: 0, seed: 1 })
    await expect(result).rejects.toMatchObject({
      code: 'data/not-found',
      hint: expect.stringContaining('builtin') as string,
    })
  })

  it('finds the built-in data and the devices from where it is built', async () => {
    const launcher = forkLauncher(entry)
    const summary = await launcher.run({ kind: 'describe', data: 'builtin', validationShare: 0.1, seed: 1 }).result
    expect([summary.train, summary.validation, summary.samples.length]).toEqual([6000, 1000, 20])
    const devices = await listDevices(launcher)
    expect(devices.slice(0, 3).map(({ name, available }) => [name, available])).toEqual([
      ['auto', true],
      ['onnx-cpu', true],
      ['tensorflow-cpu', findTensorFlow('tensorflow').library !== undefined],
    ])
    const openMp = devices.find(({ name }) => name === 'tensorflow-openmp')
    expect(openMp?.available).toBe(findTensorFlow('tensorflow-openmp').library && true)
    for (const { detail } of devices) expect(detail).toMatch(/\.$/)
  })

  it('ends after the current step when asked, with its weights kept', async () => {
    const folder = await newFolder()
    const { running, events } = await started(await endless(folder), hasValidation)
    running.stop()
    const { step } = await running.result
    expect(events.at(-1)).toEqual({ type: 'end', reason: 'stopped', step })
    expect(await readRecord(folder)).toMatchObject({ state: 'stopped', step })
  })

  it('that is killed is reported, and what it wrote stays whole', async () => {
    const folder = await newFolder()
    const { running, child } = await started(await endless(folder), hasValidation)
    child.kill('SIGKILL')
    await expect(running.result).rejects.toMatchObject({
      code: 'device/out-of-memory',
      message: 'The trainer process was ended from outside, as the system does when its memory is full.',
      hint: expect.stringContaining('smaller batch') as string,
    })
    expect((await readRecord(folder)).state).toBe('running')
    expect(hasValidation(await readEvents(folder))).toBe(true)
    const { result } = forkLauncher(entry).run({ kind: 'evaluate', run: folder, part: 'validation' })
    expect((await result).images).toBe(9)
  })

  it('that breaks down is reported with its last words', async () => {
    const broken = join(await mkdtemp(join(tmpdir(), 'broken-')), 'broken.cjs')
    const code =
      "process.on('message', () => { console.error('native fault 42'); process.abort() }); process.send({ type: 'ready' })"
    await writeFile(broken, code)
    await expect(forkLauncher(broken).run({ kind: 'devices' }).result).rejects.toMatchObject({
      code: 'trainer/crashed',
      message: expect.stringMatching(
        /^The trainer process ended by SIGABRT\. It wrote last:\n[^]*native fault 42/,
      ) as string,
    })
  })

  it('ends with its parent', async () => {
    const script = join(await mkdtemp(join(tmpdir(), 'parent-')), 'parent.mjs')
    const job = await endless(await newFolder())
    await writeFile(
      script,
      `import { fork } from 'node:child_process'
       const child = fork(${JSON.stringify(entry)}, [], { serialization: 'advanced', stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
       child.on('message', ({ type }) => {
         if (type === 'ready') child.send({ type: 'job', job: ${JSON.stringify(job)} })
         if (type === 'events') console.log(child.pid)
       })`,
    )
    const parent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] })
    let said = ''
    for await (const part of parent.stdout.setEncoding('utf8')) if ((said += part).includes('\n')) break
    // A parent whose trainer ended by itself has said nothing.
    expect(said).toMatch(/^\d+\n/)
    const pid = Number.parseInt(said, 10)
    expect(await isAlive(pid)).toBe(true)
    parent.kill('SIGKILL')
    await vi.waitUntil(async () => !(await isAlive(pid)), { timeout: 30_000, interval: 50 })
  })
})

/** True for a process that runs; one that has ended but was not yet asked for (a zombie) does not. */
async function isAlive(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0)
  } catch {
    return false
  }
  const status = `/proc/${pid}/stat`
  if (!existsSync(status)) return process.platform !== 'linux'
  const text = await readFile(status, 'utf8').catch(() => ') Z')
  return text.slice(text.lastIndexOf(')') + 2)[0] !== 'Z'
}
