import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunSummary } from '../../src/shared/api.js'
import type { TrainingEvent } from '../../src/shared/training/events.js'
import { createServices, type Services } from '../../src/main/services/index.js'
import { forkLauncher } from '../../src/main/trainer/launcher.js'
import type { Launcher, RunningJob } from '../../src/main/trainer/jobs.js'
import { built } from '../built.js'
import { tinyData, tinyDocument, tinyImage, tinySettings } from '../main/trainer/tiny.js'
import { temporaryHome } from './home.js'
import { webSocket, type WiredClient } from './wires.js'
import { eventually } from '../eventually.js'

let folders: Awaited<ReturnType<typeof temporaryHome>>
let services: Services
let wired: WiredClient
let running: RunningJob<unknown>

const states: RunSummary[] = []
const pushed: { run: string; from: number; events: readonly TrainingEvent[] }[] = []

beforeAll(async () => {
  folders = await temporaryHome()
  const forks = forkLauncher(join(built(), 'main', 'trainer.js'))
  const launcher: Launcher = {
    run(job, onEvents) {
      const started = forks.run(job, onEvents)
      running = started
      return started
    },
  }
  services = createServices({ ...folders, launcher, version: '1', shell: 'host' })
  wired = await webSocket(services)
  wired.client.on('runs.changed', (run) => states.push(run))
  wired.client.on('training.events', (push) => pushed.push(push))
})
afterAll(async () => {
  await wired.cut()
  await services.close()
  await folders.remove()
})

const api = () => wired.client.api
const stateOf = (run: string) => states.findLast(({ id }) => id === run)?.state
const eventsOf = (run: string) => pushed.filter((push) => push.run === run).flatMap(({ events }) => events)
const until = (condition: () => boolean) => eventually(() => expect(condition()).toBe(true))

/** A grey picture as a browser would send a dropped file. */
async function picture(label: number): Promise<string> {
  const raw = { width: 6, height: 6, channels: 1 } as const
  return (
    await sharp(Buffer.from(tinyImage(5000, label)), { raw })
      .png()
      .toBuffer()
  ).toString('base64')
}

describe('the whole way over a WebSocket, with real trainer processes', () => {
  let run: string

  it('describes data', async () => {
    const summary = await api().data.describe(await tinyData(), 0.1)
    expect(summary).toMatchObject({ train: 24, validation: 9, shape: [6, 6, 1], perClass: [8, 8, 8], skipped: [] })
    expect(Buffer.from(summary.samples[0]!.png, 'base64').subarray(1, 4).toString()).toBe('PNG')
  })

  it('trains to the end, every event pushed once and in order', async () => {
    run = (await api().training.start(tinyDocument(), tinySettings(await tinyData(), { epochs: 12 }))).run
    await until(() => stateOf(run) === 'finished')
    const events = eventsOf(run)
    expect(events.filter(({ type }) => type === 'step').map((event) => event.type === 'step' && event.step)).toEqual(
      Array.from({ length: 36 }, (_, i) => i + 1),
    )
    expect(events.map(({ type }) => type).filter((type) => type !== 'step' && type !== 'memory')).toEqual([
      'start',
      ...Array<string>(12).fill('validation'),
      'end',
    ])
    const firsts = pushed.filter((push) => push.run === run).map(({ from }) => from)
    expect(firsts).toEqual([...firsts].sort((a, b) => a - b))
    expect(await api().runs.history(run, 0)).toEqual({ events, next: events.length })
  })

  it('lists it, with the document it trained', async () => {
    const [listed] = await api().runs.list()
    expect(listed).toMatchObject({ id: run, state: 'finished', heads: ['main', 'aux'] })
    expect(listed!.lastValidation!.heads['main']!.accuracy).toBeGreaterThan(0.9)
    expect((await api().runs.document(run)).text).toBe(tinyDocument())
  })

  it('evaluates it and classifies a dropped picture', async () => {
    const { images, heads } = await api().runs.evaluate(run, 'validation')
    expect(images).toBe(9)
    expect(heads['main']!.confusion.flat().reduce((sum, count) => sum + count)).toBe(9)
    const rows = []
    for (const label of [0, 1, 2]) rows.push((await api().runs.predict(run, await picture(label))).heads['main']![0]!)
    expect(rows.map((row) => row.indexOf(Math.max(...row)))).toEqual([0, 1, 2])
    await expect(api().runs.predict(run, 'bm8gcGljdHVyZQ==')).rejects.toMatchObject({ code: 'data/unreadable' })
  })

  it.each(['onnx', 'tfjs'] as const)('exports it to %s, verified, twice, and hands out its files', async (format) => {
    await api().exports.write(run, format, 'all')
    const report = await api().exports.write(run, format, 'main')
    expect(report.heads).toEqual(['main'])
    expect(report.largestDifference).toBeLessThan(1e-4)
    for (const { name, bytes } of report.files) {
      const { base64 } = await api().exports.read(run, format, name)
      expect(Buffer.from(base64, 'base64').length).toBe(bytes)
    }
    console.log(`cases=${report.files.length}`)
  })

  it('stops a run after its step, weighs its heads otherwise, and goes on with it to the end', async () => {
    const settings = tinySettings(await tinyData(), { epochs: 1_000_000, checkpointEvery: 0 })
    const { run: endless } = await api().training.start(tinyDocument(), settings)
    await until(() => eventsOf(endless).some(({ type }) => type === 'step'))
    await api().training.stop(endless)
    await until(() => stateOf(endless) === 'stopped')
    expect((await api().runs.evaluate(endless, 'train')).images).toBe(24)
    const before = eventsOf(endless)
    const last = before.findLast((event) => event.type === 'step')!.step
    const epochs = Math.ceil(last / 3) + 400
    await api().training.resume(endless, { epochs })
    await api().training.headWeights(endless, { aux: 0 })
    await until(() => stateOf(endless) === 'finished')
    const after = eventsOf(endless).slice(before.length)
    expect(after[0]).toMatchObject({ type: 'start', steps: 3 * epochs })
    expect(after).toContainEqual(expect.objectContaining({ type: 'head-weights', weights: { main: 1, aux: 0 } }))
    expect(after.at(-1)).toEqual({ type: 'end', reason: 'finished', step: 3 * epochs })
    const { events } = await api().runs.history(endless, 0)
    expect(events).toEqual([...before, ...after])
    await expect(api().training.resume(endless, {})).rejects.toMatchObject({ code: 'run/over' })
    expect((await api().runs.list()).find(({ id }) => id === endless)).toMatchObject({ state: 'finished' })
  })

  it('survives a killed trainer: the run fails with a reason, its last weights and all other runs stay', async () => {
    const settings = tinySettings(await tinyData(), { epochs: 1_000_000 })
    const { run: killed } = await api().training.start(tinyDocument(), settings)
    await until(() => eventsOf(killed).some(({ type }) => type === 'validation'))
    running.kill()
    await until(() => stateOf(killed) === 'failed')
    const listed = (await api().runs.list()).find(({ id }) => id === killed)
    expect(listed).toMatchObject({ state: 'failed', error: { code: 'trainer/crashed' } })
    const text = await readFile(join(folders.home, 'runs', killed, 'events.jsonl'), 'utf8')
    expect(JSON.parse(text.trimEnd().split('\n').at(-1)!)).toMatchObject({ type: 'end', reason: 'failed' })
    expect((await api().runs.evaluate(killed, 'validation')).images).toBe(9)
    expect((await api().runs.evaluate(run, 'validation')).images).toBe(9)
    await api().training.resume(killed, {})
    await until(() => stateOf(killed) === 'running')
    await api().training.stop(killed)
    await until(() => stateOf(killed) === 'stopped')
    expect((await api().runs.list()).find(({ id }) => id === killed)).not.toHaveProperty('error')
  })

  it('refuses data that is wrong before a run exists', async () => {
    const before = (await api().runs.list()).length
    const settings = tinySettings(join(folders.userHome, 'pictures'))
    await expect(api().training.start(tinyDocument(), settings)).rejects.toMatchObject({ code: 'data/no-images' })
    await expect(
      api().training.start(tinyDocument({ classes: 2 }), tinySettings(await tinyData())),
    ).rejects.toMatchObject({ code: 'data/class-count' })
    await expect(api().training.start(tinyDocument(), tinySettings('no/such/folder'))).rejects.toMatchObject({
      code: 'data/not-found',
    })
    expect((await api().runs.list()).length).toBe(before)
  })
})
