import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Api, DataSummary, Evaluation, ExportReport, Prediction } from '../../src/shared/api.js'
import { print } from '../../src/shared/document/file.js'
import { printBundle } from '../../src/shared/document/bundle.js'
import { buildTemplate } from '../../src/shared/templates/define.js'
import { templateOf } from '../../src/shared/templates/index.js'
import { DEFAULT_SETTINGS } from '../../src/shared/training/settings.js'
import { METHODS, type MethodName } from '../../src/shared/rpc/methods.js'
import { createServices, type Services } from '../../src/main/services/index.js'
import { START, step, storeRun, temporaryHome, VALIDATION, END } from './home.js'
import { CHOSEN, scriptedLauncher, type ScriptedLauncher } from './scripted-launcher.js'
import { WIRES, type WiredClient } from './wires.js'
import { eventually } from '../eventually.js'
import { blockFrom, whole } from '../shared/own-blocks.js'

vi.mock('electron', () => import('../main/electron/fake-electron.js'))

const NET = print(buildTemplate(templateOf('cifar-resnet-20')!, { classes: 2 }))
const BLOCK = printBundle({
  name: 'twin',
  blocks: { twin: { ...blockFrom({ a: ['conv2d', { filters: '=N' }, 'in'] }, [whole('N', 4)]), title: 'Twin' } },
})
const OLD = '2026-11-01-old-net-1'
const SUMMARY: DataSummary = {
  spec: 'pets',
  title: 'Pets',
  classes: ['cat', 'dog'],
  shape: [8, 8, 3],
  train: 64,
  validation: 8,
  perClass: [30, 34],
  skipped: [{ file: 'bad.png', reason: 'is empty' }],
  samples: [{ label: 0, png: 'AAAA' }],
}
const EVALUATION: Evaluation = {
  images: 8,
  classes: ['cat', 'dog'],
  heads: {
    main: {
      loss: 0.4,
      accuracy: 0.8,
      confusion: [
        [4, 0],
        [1, 3],
      ],
    },
  },
}
const PREDICTION: Prediction = { classes: ['cat', 'dog'], heads: { main: [[0.25, 0.75]] } }
const REPORT: ExportReport = {
  format: 'onnx',
  path: 'somewhere',
  files: [{ name: `${OLD}.onnx`, bytes: 4 }],
  heads: ['main'],
  dropped: [],
  judge: 'ONNX Runtime 1.30',
  images: 8,
  largestDifference: 1e-7,
}
const DEVICES = [
  { name: 'auto', title: 'Automatic', available: true, detail: 'Uses Processor (ONNX Runtime).' },
  {
    name: 'onnx-cpu',
    title: 'Processor (ONNX Runtime)',
    runtime: 'ONNX Runtime',
    available: true,
    detail: '2 cores.',
    version: '1.30',
  },
]

/** What every method answers; each runs on a fresh home over every wire. */
const CONTRACT: { readonly [M in MethodName]: (api: Api, world: World) => Promise<void> } = {
  async 'app.info'(api, { home }) {
    expect(await api.app.info()).toEqual({ version: '9.9', shell: 'host', home })
  },
  async 'documents.list'(api) {
    expect(await api.documents.list()).toEqual([])
    const entry = await api.documents.write('a/b', '{}')
    expect(entry.name).toBe('a-b')
    expect(await api.documents.list()).toEqual([entry])
  },
  async 'documents.read'(api) {
    const { modified } = await api.documents.write('Net', 'text ü')
    expect(await api.documents.read('Net')).toEqual({ text: 'text ü', modified })
    await expect(api.documents.read('Other')).rejects.toMatchObject({ code: 'file/not-found' })
  },
  async 'documents.write'(api, { home }) {
    const first = await api.documents.write('Net', 'one')
    const second = await api.documents.write('Net', 'two', first.modified)
    await writeFile(join(home, 'documents', 'Net.netwright.json'), 'by another program')
    await expect(api.documents.write('Net', 'three', second.modified)).rejects.toMatchObject({ code: 'file/changed' })
    expect((await api.documents.read('Net')).text).toBe('by another program')
    await api.documents.write('Net', 'three')
    expect((await api.documents.read('Net')).text).toBe('three')
  },
  async 'documents.recovered'(api) {
    expect(await api.documents.recovered()).toBe(undefined)
    await api.documents.autosave(['one', 'two'])
    expect(await api.documents.recovered()).toMatchObject({ texts: ['one', 'two'] })
  },
  async 'documents.autosave'(api) {
    await api.documents.autosave(['unsaved'])
    await api.documents.autosave([])
    expect(await api.documents.recovered()).toBe(undefined)
  },
  async 'library.list'(api, { home }) {
    expect(await api.library.list()).toEqual({ blocks: [], damaged: [] })
    await api.library.write(BLOCK)
    await writeFile(join(home, 'blocks', 'broken.netblock'), '{')
    expect(await api.library.list()).toMatchObject({
      blocks: [{ name: 'twin' }],
      damaged: [{ file: 'broken.netblock' }],
    })
  },
  async 'library.read'(api) {
    await api.library.write(BLOCK)
    expect(await api.library.read('twin')).toEqual({ text: BLOCK })
    await expect(api.library.read('other')).rejects.toMatchObject({ code: 'file/not-found' })
  },
  async 'library.write'(api) {
    const entry = { name: 'twin', title: 'Twin', doc: '', inputs: 1, outputs: 1, params: ['N'] }
    expect(await api.library.write(BLOCK)).toEqual(entry)
    expect(await api.library.write(BLOCK)).toEqual(entry)
    await expect(api.library.write(NET)).rejects.toMatchObject({ code: 'document/not-netwright' })
  },
  async 'library.remove'(api) {
    await api.library.write(BLOCK)
    await api.library.remove('twin')
    expect(await api.library.list()).toEqual({ blocks: [], damaged: [] })
    await expect(api.library.remove('twin')).rejects.toMatchObject({ code: 'file/not-found' })
  },
  async 'files.list'(api) {
    expect(await api.files.list('')).toEqual({ path: '', entries: [{ name: 'pictures', kind: 'folder' }] })
    const entries = [
      { name: 'cats', kind: 'folder' },
      { name: 'list.txt', kind: 'file' },
    ]
    expect(await api.files.list('pictures')).toEqual({ path: 'pictures', entries })
    await expect(api.files.list('../..')).rejects.toMatchObject({ code: 'file/refused' })
    await expect(api.files.list('/etc')).rejects.toMatchObject({ code: 'file/refused' })
  },
  async 'data.builtin'(api) {
    const list = await api.data.builtin()
    expect(list.map(({ spec }) => spec)).toEqual(['builtin:fashion-mnist', 'builtin:texture-shapes'])
    expect(Object.keys(list[0]!)).toEqual(['spec', 'title', 'detail'])
  },
  async 'data.describe'(api, { launcher, userHome }) {
    expect(await api.data.describe('pictures', 0.2)).toEqual(SUMMARY)
    const data = join(userHome, 'pictures')
    expect(launcher.jobs).toEqual([{ kind: 'describe', data, validationShare: 0.2, seed: 1 }])
  },
  async 'devices.list'(api) {
    expect(await api.devices.list()).toEqual(DEVICES)
  },
  async 'devices.measure'(api) {
    expect(await api.devices.measure(NET, DEFAULT_SETTINGS)).toEqual({ ...CHOSEN, speeds: [] })
    await expect(api.devices.measure('{}', DEFAULT_SETTINGS)).rejects.toMatchObject({ code: 'document/not-netwright' })
  },
  async 'training.start'(api, { launcher, home }) {
    const run = await start(api, launcher)
    expect(run).toMatch(/^\d{4}-\d\d-\d\d-resnet-20-1$/)
    const folder = join(home, 'runs', run)
    expect(launcher.jobs).toEqual([
      { kind: 'train', document: NET, settings: DEFAULT_SETTINGS, folder, chosen: CHOSEN },
    ])
    await expect(api.training.start(NET, DEFAULT_SETTINGS)).rejects.toMatchObject({ code: 'run/busy' })
  },
  async 'training.stop'(api, { launcher, client }) {
    const run = await start(api, launcher)
    const states: string[] = []
    client.on('runs.changed', ({ state }) => states.push(state))
    await api.training.stop(run)
    await eventually(() => expect(states).toContain('stopped'))
    await expect(api.training.stop(OLD)).rejects.toMatchObject({ code: 'run/not-found' })
  },
  async 'training.resume'(api, { launcher, home, client }) {
    const told: number[] = []
    client.on('training.events', ({ from }) => told.push(from))
    const earlier = (await api.runs.history(OLD, 0)).next
    const resumed = api.training.resume(OLD, { epochs: 9 })
    await eventually(() => expect(launcher.jobs.length).toBe(1))
    launcher.tell([{ ...START, resumed: 2 }])
    await resumed
    expect(launcher.jobs).toEqual([{ kind: 'resume', run: join(home, 'runs', OLD), change: { epochs: 9 } }])
    await eventually(() => expect(told).toEqual([earlier]))
    expect((await api.runs.history(OLD, earlier)).events).toEqual([{ ...START, resumed: 2 }])
    const summary = (await api.runs.list()).find(({ id }) => id === OLD)
    expect(summary).toMatchObject({ state: 'running', settings: { epochs: 9 } })
    await expect(api.training.resume(OLD, {})).rejects.toMatchObject({ code: 'run/busy' })
  },
  async 'training.headWeights'(api, { launcher }) {
    const run = await start(api, launcher)
    await api.training.headWeights(run, { main: 0.5 })
    const { events } = await api.runs.history(run, 1)
    expect(events).toEqual([{ type: 'head-weights', step: 2, weights: { main: 0.5 } }])
    await expect(api.training.headWeights(run, { other: 1 })).rejects.toMatchObject({ code: 'input/invalid' })
    await expect(api.training.headWeights(run, { main: -1 })).rejects.toMatchObject({ code: 'input/invalid' })
    await expect(api.training.headWeights(OLD, { main: 1 })).rejects.toMatchObject({ code: 'run/not-found' })
  },
  async 'runs.list'(api, { launcher }) {
    const run = await start(api, launcher)
    const list = await api.runs.list()
    expect(list.map(({ id, state }) => [id, state])).toEqual([
      [run, 'running'],
      ['2026-11-02-cut-1', 'failed'],
      [OLD, 'finished'],
    ])
    expect(list[1]!.error).toMatchObject({ code: 'trainer/crashed' })
    expect(list[2]).toEqual({
      id: OLD,
      name: 'Old net',
      state: 'finished',
      started: '2026-11-01T10:00:00.000Z',
      settings: DEFAULT_SETTINGS,
      classes: ['cat', 'dog'],
      heads: ['main'],
      lastValidation: VALIDATION,
    })
  },
  async 'runs.history'(api, { launcher, client }) {
    expect(await api.runs.history(OLD, 1)).toEqual({ events: [step(1), VALIDATION, END], next: 4 })
    const run = await start(api, launcher)
    const pushes: unknown[] = []
    client.on('training.events', (push) => pushes.push(push))
    launcher.tell([step(1), step(2)])
    await eventually(() => expect(pushes).toEqual([{ run, from: 1, events: [step(1), step(2)] }]))
    expect(await api.runs.history(run, 2)).toEqual({ events: [step(2)], next: 3 })
    await expect(api.runs.history('../documents', 0)).rejects.toMatchObject({ code: 'run/not-found' })
  },
  async 'runs.document'(api) {
    expect(await api.runs.document(OLD)).toEqual({ text: '{"a":"document"}' })
  },
  async 'runs.evaluate'(api, { launcher, home }) {
    expect(await api.runs.evaluate(OLD, 'validation')).toEqual(EVALUATION)
    expect(launcher.jobs).toEqual([{ kind: 'evaluate', run: join(home, 'runs', OLD), part: 'validation' }])
  },
  async 'runs.predict'(api, { launcher, home }) {
    expect(await api.runs.predict(OLD, 'iVBORw0KGgo=')).toEqual(PREDICTION)
    const source = { kind: 'bytes', base64: 'iVBORw0KGgo=' }
    expect(launcher.jobs).toEqual([{ kind: 'predict', run: join(home, 'runs', OLD), source }])
  },
  async 'runs.remove'(api) {
    await api.runs.remove(OLD)
    expect((await api.runs.list()).map(({ id }) => id)).toEqual(['2026-11-02-cut-1'])
    await expect(api.runs.remove(OLD)).rejects.toMatchObject({ code: 'run/not-found' })
    await expect(api.runs.remove('..')).rejects.toMatchObject({ code: 'run/not-found' })
  },
  async 'exports.write'(api, { launcher, home }) {
    expect(await api.exports.write(OLD, 'onnx', 'main')).toEqual(REPORT)
    const run = join(home, 'runs', OLD)
    const output = join(run, 'exports', 'onnx', `${OLD}.onnx`)
    expect(launcher.jobs).toEqual([{ kind: 'export', run, format: 'onnx', heads: 'main', output }])
  },
  async 'exports.read'(api, { home }) {
    const folder = join(home, 'runs', OLD, 'exports', 'tfjs')
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'model.json'), 'abcd')
    expect(await api.exports.read(OLD, 'tfjs', 'model.json')).toEqual({ base64: 'YWJjZA==' })
    await expect(api.exports.read(OLD, 'tfjs', '../../run.json')).rejects.toMatchObject({ code: 'file/refused' })
    await expect(api.exports.read(OLD, 'onnx', 'none')).rejects.toMatchObject({ code: 'file/not-found' })
  },
}

interface World {
  readonly home: string
  readonly userHome: string
  readonly launcher: ScriptedLauncher
  readonly client: WiredClient['client']
}

/** Start a run whose trainer tells its start. */
async function start(api: Api, launcher: ScriptedLauncher): Promise<string> {
  const started = api.training.start(NET, DEFAULT_SETTINGS)
  await eventually(() => expect(launcher.jobs.at(-1)?.kind).toBe('train'))
  launcher.tell([START])
  return (await started).run
}

let count = 0

describe.each(Object.entries(WIRES))('over the wire %s', (_name, wire) => {
  let folders: Awaited<ReturnType<typeof temporaryHome>>
  let services: Services
  let launcher: ScriptedLauncher
  let wired: WiredClient

  beforeEach(async () => {
    folders = await temporaryHome()
    launcher = scriptedLauncher({
      describe: SUMMARY,
      evaluate: EVALUATION,
      predict: PREDICTION,
      export: REPORT,
    })
    await storeRun(folders.home, OLD, 'finished', [START, step(1), VALIDATION, END])
    await storeRun(folders.home, '2026-11-02-cut-1', 'running', [START, step(1)])
    services = createServices({ ...folders, launcher, version: '9.9', shell: 'host' })
    wired = await wire(services)
  })
  afterEach(async () => {
    await wired.cut()
    await services.close()
    await folders.remove()
  })

  it.each(Object.keys(METHODS) as MethodName[])('%s', async (method) => {
    count += 1
    await CONTRACT[method](wired.client.api, { ...folders, launcher, client: wired.client })
  })

  it('ends open calls when the wire is cut', async () => {
    const open = wired.client.api.training.start(NET, DEFAULT_SETTINGS)
    const outcome = expect(open).rejects.toMatchObject({ code: 'host/closed' })
    await eventually(() => expect(launcher.jobs.length).toBe(1))
    await wired.cut()
    await outcome
    await expect(wired.client.api.app.info()).rejects.toMatchObject({ code: 'host/closed' })
    launcher.finish()
    wired = { ...wired, cut: () => Promise.resolve() }
  })
})

it('covers every method over every wire', () => {
  console.log(`cases=${count}`)
  expect(count).toBe(Object.keys(METHODS).length * Object.keys(WIRES).length)
})
