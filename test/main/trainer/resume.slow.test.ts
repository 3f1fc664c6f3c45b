import { cpSync } from 'node:fs'
import { appendFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { resume } from '../../../src/main/trainer/jobs/resume.js'
import { readEvents, readRecord, RUN_FILES, writeRecord } from '../../../src/main/trainer/run/runfolder.js'
import { train } from '../../../src/main/trainer/jobs/train.js'
import type { ResumeChange } from '../../../src/shared/api.js'
import type { TrainingEvent } from '../../../src/shared/training/events.js'
import { countedEvents } from '../../../src/shared/training/history.js'
import type { TrainingSettings } from '../../../src/shared/training/settings.js'
import { hasTensorFlow } from '../engine/runtimes.js'
import { recorder, tinyData, tinyDocument, tinySettings } from './tiny.js'
import { comparable } from './comparable.js'

const newFolder = async () => join(await mkdtemp(join(tmpdir(), 'run-')), 'run')
const change = { epochs: 4, augment: true, optimizer: 'adam', checkpointEvery: 2 } as const

/** A run that is stopped after so many steps, or not. */
async function started(data: string, stopAfter = Infinity, more: Partial<TrainingSettings> = {}) {
  const folder = await newFolder()
  const context = recorder(stopAfter)
  const settings = tinySettings(data, { ...change, ...more })
  await train({ kind: 'train', document: tinyDocument({ dropout: true }), settings, folder }, context)
  return { folder, events: context.events }
}

const goOn = async (run: string, stopAfter = Infinity, other: ResumeChange = {}) => {
  const context = recorder(stopAfter)
  await resume({ kind: 'resume', run, change: other }, context)
  return context.events
}

const weightsOf = async (run: string) => (await readFile(join(run, RUN_FILES.weights))).toString('base64')

/** A trainer that is gone without a word: its record says it runs, its last event is torn. */
async function crash(run: string): Promise<void> {
  const events = await readFile(join(run, RUN_FILES.events), 'utf8')
  await writeFile(join(run, RUN_FILES.events), events.slice(0, events.trimEnd().lastIndexOf('\n') + 9))
  await writeRecord(run, { ...(await readRecord(run)), state: 'running', process: 2 ** 22 - 1 })
}

describe('resume', () => {
  it('goes on in the same folder as if the run had never stopped, wherever it stopped', async () => {
    const data = await tinyData()
    const whole = await started(data)
    const stops = [1, 2, 3, 5, 6, 11]
    for (const stop of stops) {
      const { folder } = await started(data, stop)
      const at = (await readRecord(folder)).step
      expect(await readRecord(folder)).toMatchObject({ state: 'stopped' })
      const [first, ...rest] = await goOn(folder)
      expect(first).toMatchObject({ type: 'start', resumed: at, steps: 12 })
      expect(rest.at(-1)).toEqual({ type: 'end', reason: 'finished', step: 12 })
      expect(comparable(await readEvents(folder))).toEqual(comparable(whole.events))
      expect((await weightsOf(folder)) === (await weightsOf(whole.folder))).toBe(true)
      expect(await readRecord(folder)).toMatchObject({ state: 'finished', step: 12 })
    }
    console.log(`cases=${stops.length}`)
  })

  it('of a run whose trainer was killed takes back what came after the checkpoint, and a torn line', async () => {
    const data = await tinyData()
    const whole = await started(data)
    const { folder } = await started(data, 5, { checkpointEvery: 4 })
    const [before, newest] = (await readdir(join(folder, 'checkpoints'))).sort()
    await writeFile(join(folder, 'checkpoints', newest!, 'state.safetensors'), 'torn')
    await crash(folder)
    const [first] = await goOn(folder)
    const note = expect.stringContaining(`${newest} is damaged`) as string
    expect(first).toMatchObject({ type: 'start', resumed: Number(before!.slice(3)), note })
    expect(comparable(await readEvents(folder))).toEqual(comparable(whole.events))
    expect((await weightsOf(folder)) === (await weightsOf(whole.folder))).toBe(true)
  })

  it('begins again where no step was kept, and from the given weights if there were any', async () => {
    const data = await tinyData()
    const trained = await started(data)
    const weights = join(trained.folder, RUN_FILES.weights)
    for (const given of [{}, { weights }]) {
      const [whole, cut] = [recorder(), recorder(0)]
      const settings = tinySettings(data, change)
      const folders = [await newFolder(), await newFolder()] as const
      const job = { kind: 'train', document: tinyDocument({ dropout: true }), settings, ...given } as const
      await train({ ...job, folder: folders[0] }, whole)
      await train({ ...job, folder: folders[1] }, cut)
      await goOn(folders[1])
      expect(comparable(await readEvents(folders[1]))).toEqual(comparable(whole.events))
    }
  })

  it('repeats wishes for head weights that came before and after the checkpoint', async () => {
    const data = await tinyData()
    const wishes = new Map<number, Record<string, number>>([
      [1, { aux: 0 }],
      [4, { aux: 2, main: 0.5 }],
    ])
    const run = async (stopAfter: number) => {
      const [folder, context] = [await newFolder(), recorder(stopAfter)]
      const checkpoints = join(folder, 'checkpoints')
      // A checkpoint after each step, so that what was told is known before the next.
      const settings = tinySettings(data, { ...change, checkpointEvery: 1 })
      const wished = () => {
        const step = context.events.filter(({ type }) => type === 'step').length
        if (step === 3) cpSync(join(checkpoints, 'ck-3'), join(folder, 'ck-3'), { recursive: true })
        return wishes.get(step)
      }
      await train({ kind: 'train', document: tinyDocument(), settings, folder }, { ...context, wished })
      return { folder, checkpoints, events: context.events }
    }
    const whole = await run(Infinity)
    expect(comparable(whole.events)).toContainEqual({ type: 'head-weights', step: 4, weights: { main: 0.5, aux: 2 } })
    const { folder, checkpoints } = await run(7)
    await rm(checkpoints, { recursive: true })
    await mkdir(checkpoints)
    await rename(join(folder, 'ck-3'), join(checkpoints, 'ck-3'))
    const [first] = await goOn(folder)
    expect(first).toMatchObject({ resumed: 3 })
    expect(comparable(await readEvents(folder))).toEqual(comparable(whole.events))
  })

  it.runIf(hasTensorFlow)('goes on with another device, the same but for rounding', async () => {
    const data = await tinyData()
    const whole = await started(data)
    const { folder } = await started(data, 5)
    const [first] = await goOn(folder, Infinity, { device: 'tensorflow-cpu' })
    expect(first).toMatchObject({ device: 'tensorflow-cpu' })
    const lossesOf = (events: readonly TrainingEvent[]) =>
      countedEvents(events).flatMap((event) => (event.type === 'step' ? [event.loss] : []))
    const [losses, expected] = [lossesOf(await readEvents(folder)), lossesOf(whole.events)]
    expect(losses).toHaveLength(12)
    losses.forEach((loss, i) => expect(Math.abs(loss - expected[i]!)).toBeLessThan(1e-4))
    expect(await readRecord(folder)).toMatchObject({ device: 'tensorflow-cpu', settings: { device: 'tensorflow-cpu' } })
  })

  it('refuses a finished run unless it gets more epochs, other data, and a run that goes on elsewhere', async () => {
    const data = await tinyData()
    const { folder } = await started(data, Infinity, { epochs: 1 })
    await expect(goOn(folder)).rejects.toMatchObject({ code: 'run/over' })
    expect(await readRecord(folder)).toMatchObject({ state: 'finished', step: 3 })
    await goOn(folder, Infinity, { epochs: 2 })
    expect(await readRecord(folder)).toMatchObject({ state: 'finished', step: 6 })
    const record = await readRecord(folder)
    await writeRecord(folder, { ...record, settings: { ...record.settings, data: await tinyData(21), epochs: 3 } })
    await expect(goOn(folder)).rejects.toMatchObject({
      code: 'data/changed',
      message: expect.stringMatching(/21 images.*24 images/) as string,
    })
    const { processStart: _, ...plain } = record
    await writeRecord(folder, { ...plain, state: 'running', process: process.ppid })
    await expect(goOn(folder)).rejects.toMatchObject({ code: 'run/busy' })
  })

  it('of one run by two programs at once goes on in one of them, and after one that was killed', async () => {
    const { folder } = await started(await tinyData(), 2)
    const both = await Promise.allSettled([goOn(folder), goOn(folder)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'run/busy' } })
    expect(countedEvents([...(await readEvents(folder))]).filter(({ type }) => type === 'step')).toHaveLength(12)
    await writeFile(join(folder, 'resume.lock'), JSON.stringify({ process: 2 ** 22 - 1 }))
    await goOn(folder, Infinity, { epochs: 5 })
    expect(await readRecord(folder)).toMatchObject({ state: 'finished', step: 15 })
    expect((await readdir(folder)).filter((name) => name.includes('lock'))).toEqual([])
  })

  it('refuses a run of which every checkpoint is damaged, and leaves it as it is', async () => {
    const { folder } = await started(await tinyData(), 5)
    for (const name of await readdir(join(folder, 'checkpoints'))) {
      await appendFile(join(folder, 'checkpoints', name, 'checkpoint.json'), ' ')
    }
    const before = await readRecord(folder)
    await expect(goOn(folder)).rejects.toMatchObject({ code: 'run/damaged' })
    expect(await readRecord(folder)).toEqual(before)
  })
})
