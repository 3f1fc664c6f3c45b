import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Api } from '../../../src/shared/api.js'
import { DEFAULT_SETTINGS } from '../../../src/shared/training/settings.js'
import { eventually } from '../../eventually.js'
import { END, START, step, VALIDATION } from '../home.js'
import { CHOSEN, type ScriptedLauncher } from '../scripted-launcher.js'
import { EVALUATION, NET, OLD, PREDICTION, REPORT, type Rows } from './world.js'

export const trainingRows: Rows<'training' | 'runs' | 'exports'> = {
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

/** Start a run whose trainer tells its start. */
async function start(api: Api, launcher: ScriptedLauncher): Promise<string> {
  const started = api.training.start(NET, DEFAULT_SETTINGS)
  await eventually(() => expect(launcher.jobs.at(-1)?.kind).toBe('train'))
  launcher.tell([START])
  return (await started).run
}
