import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { sweepTemporary } from '../../../../src/main/storage/temporary.js'
import { latestCheckpoint } from '../../../../src/main/trainer/run/checkpoint.js'
import { readEvents, readRecord, RUN_FILES } from '../../../../src/main/trainer/run/runfolder.js'
import { print } from '../../../../src/shared/document/file.js'
import type { TrainingEvent } from '../../../../src/shared/training/events.js'
import type { DeviceName } from '../../../../src/shared/training/settings.js'
import { eventually } from '../../../eventually.js'
import { hasTensorFlow } from '../../engine/runtimes.js'
import { net } from '../../models/nets.js'
import { comparable } from '../comparable.js'
import { tinyData, tinySettings } from '../tiny.js'
import { patchedTrainer } from './patched-trainer.js'
import { trainingServices } from './services.js'

/** Steps of an epoch, and of the whole run. */
const EPOCH = 3
const STEPS = 9
/** Enough layers, and images to validate with, that compiling and evaluating take longer than it takes to die. */
const LAYERS = 40
const VALIDATION = 800

function deepNet(): string {
  const convolutions = Array.from({ length: LAYERS }, (_, i) => {
    const params = { filters: 8, kernel: [3, 3] }
    return [`conv_${i}`, 'conv2d', params, i === 0 ? 'image' : `conv_${i - 1}`] as const
  })
  return print(
    net(
      ['image', 'input', { height: 6, width: 6, channels: 1 }],
      ...convolutions,
      ['flat', 'flatten', {}, `conv_${LAYERS - 1}`],
      ['logits', 'dense', { units: 3 }, 'flat'],
      ['main', 'head', {}, 'logits'],
    ),
  )
}

const here = trainingServices()
let data: string

beforeAll(async () => {
  data = await tinyData(24, VALIDATION)
})

const folderOf = here.folderOf
const stateOf = async (run: string) => (await here.services.api.runs.list()).find(({ id }) => id === run)

async function start(device: DeviceName): Promise<string> {
  const change = { epochs: STEPS / EPOCH, optimizer: 'adam', checkpointEvery: 2, device } as const
  return (await here.services.api.training.start(deepNet(), tinySettings(data, change))).run
}

const ended = (run: string, state: string) =>
  eventually(async () => expect(await stateOf(run)).toMatchObject({ state }))

/** What a run told and made, without what depends on clocks, memory, stops and starts. */
async function madeBy(run: string) {
  const timeless = comparable(await readEvents(folderOf(run)))
  return { timeless, weights: (await readFile(join(folderOf(run), RUN_FILES.weights))).toString('base64') }
}

const known = new Map<DeviceName, Awaited<ReturnType<typeof madeBy>>>()

/** What the same run makes on a device when nothing happens to it. */
async function undisturbed(device: DeviceName) {
  const before = known.get(device)
  if (before) return before
  const whole = await start(device)
  await ended(whole, 'finished')
  const made = await madeBy(whole)
  known.set(device, made)
  return made
}

/** The host answers, the book says what happened, the checkpoint is whole, and the run goes on as if nothing had been. */
async function survived(run: string, device: DeviceName): Promise<void> {
  await ended(run, 'failed')
  expect((await here.services.api.app.info()).version).toBe('1')
  expect(await stateOf(run)).toMatchObject({ error: { code: 'trainer/crashed' } })
  expect((await stateOf(run))!.error!.message).toContain('SIGSEGV')
  expect(await readRecord(folderOf(run))).toMatchObject({ state: 'failed' })
  expect((await readEvents(folderOf(run))).at(-1)).toMatchObject({ type: 'end', reason: 'failed' })
  const checkpoint = await latestCheckpoint(folderOf(run))
  expect(checkpoint?.passedOver ?? []).toEqual([])
  here.entry = here.trainer
  await here.services.api.training.resume(run, {})
  await ended(run, 'finished')
  const [torn, expected] = [await madeBy(run), await undisturbed(device)]
  expect(torn.timeless).toEqual(expected.timeless)
  expect(torn.weights === expected.weights).toBe(true)
}

/** A run whose trainer dies in some way once the words of an event are in its log. */
async function diesAfter(device: DeviceName, event: string, end: string): Promise<string> {
  const words = `/events\\.jsonl[^]*"type":${event}/`
  here.entry = await patchedTrainer(here.trainer, atFile('appendFile', words, 1, 'after', end))
  const run = await start(device)
  await ended(run, 'failed')
  return run
}

const steps = (events: readonly TrainingEvent[]) => events.filter(({ type }) => type === 'step').length
const devices: readonly DeviceName[] = hasTensorFlow ? ['onnx-cpu', 'tensorflow-cpu'] : ['onnx-cpu']

describe.each(devices)('a trainer on %s that ends by a segmentation fault', (device) => {
  it('while its net is compiled', async () => {
    const run = await diesAfter(device, '"start"', 'dieIn(20)')
    expect(steps(here.told)).toBe(0)
    await survived(run, device)
  })

  it('between steps', async () => {
    const run = await diesAfter(device, '"step","step":1,', 'setTimeout(die, 5)')
    expect(steps(here.told)).toBeGreaterThan(0)
    await survived(run, device)
  })

  it('while it evaluates', async () => {
    const run = await diesAfter(device, `"step","step":${EPOCH},`, 'setTimeout(die, 0)')
    const types = here.told.map(({ type }) => type).filter((type) => type !== 'memory')
    expect(types).toEqual(['start', 'step', 'step', 'step', 'end'])
    await survived(run, device)
  })
})

/** Code that dies at the call number `at` of a function of `fs` whose arguments fit, after the call or before it. */
function atFile(name: string, fits: string, at: number, order: 'before' | 'after', end = 'die()'): string {
  return `{
    const real = fs.${name}
    let calls = 0
    fs.${name} = async (...args) => {
      const now = ${fits}.test(args.join(' ')) && ++calls === ${at}
      if (now && ${order === 'before'}) ${end}
      const result = await real(...args)
      if (now) ${end}
      return result
    }
    sync()
  }`
}

const CHECKPOINTS = [
  ['its state is being written', atFile('open', '/state\\.safetensors/', 3, 'after')],
  ['it is whole but has no name', atFile('rename', '/checkpoints\\/ck-/', 3, 'before')],
  ['an older one has not gone yet', atFile('rename', '/checkpoints\\/ck-/', 3, 'after')],
] as const

it.each(CHECKPOINTS)('a segmentation fault at a checkpoint, when %s, loses nothing', async (_when, code) => {
  here.entry = await patchedTrainer(here.trainer, code)
  const run = await start('onnx-cpu')
  await survived(run, 'onnx-cpu')
  // Nothing but whole checkpoints is left once the leavings of the dead process are swept away.
  await sweepTemporary(here.folders.home)
  const left = await readdir(join(folderOf(run), 'checkpoints'))
  expect(left.filter((name) => !name.startsWith('ck-'))).toEqual([])
})

const EXPORTS = [
  ['onnx', 'its file is being written', atFile('open', '/exports.*tmp/', 1, 'after')],
  ['onnx', 'its file is verified but not in its place', atFile('rename', '/exports.*\\.onnx$/', 1, 'before')],
  ['tfjs', 'its files are being written', atFile('open', '/exports.*tmp/', 2, 'after')],
  ['tfjs', 'its folder is verified but not in its place', atFile('rename', '/exports.tfjs$/', 1, 'before')],
] as const

it.each(EXPORTS)(
  'a segmentation fault at an export to %s, when %s, leaves no half of it',
  async (format, _when, code) => {
    const run = await start('onnx-cpu')
    await ended(run, 'finished')
    here.entry = await patchedTrainer(here.trainer, code)
    await expect(here.services.api.exports.write(run, format, 'all')).rejects.toMatchObject({ code: 'trainer/crashed' })
    expect(await stateOf(run)).toMatchObject({ state: 'finished' })
    const target = join(folderOf(run), 'exports', format === 'onnx' ? `onnx/${run}.onnx` : 'tfjs')
    expect(existsSync(target)).toBe(false)
    here.entry = here.trainer
    const report = await here.services.api.exports.write(run, format, 'all')
    expect(report.largestDifference).toBeLessThan(1e-4)
    const names = (await readdir(join(folderOf(run), 'exports'), { recursive: true })).filter((name) =>
      /tmp/.test(name),
    )
    expect(names).toEqual([])
  },
)

it('a segmentation fault while a run is measured is told, and the run stays', async () => {
  const run = await start('onnx-cpu')
  await ended(run, 'finished')
  here.entry = await patchedTrainer(here.trainer, `process.once('message', () => setImmediate(die))`)
  await expect(here.services.api.runs.evaluate(run, 'validation')).rejects.toMatchObject({ code: 'trainer/crashed' })
  here.entry = here.trainer
  expect((await here.services.api.runs.evaluate(run, 'validation')).images).toBe(VALIDATION)
})
