import { spawnSync } from 'node:child_process'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { print } from '../../../src/shared/document/file.js'
import { AppError } from '../../../src/shared/errors.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'
import { DEFAULT_SETTINGS } from '../../../src/shared/training/settings.js'
import type { RunSummary } from '../../../src/shared/api.js'
import { createServices, type Services } from '../../../src/main/services/index.js'
import { makeRunFolder } from '../../../src/main/services/run-id.js'
import { END, START, step, storeRun, temporaryHome, VALIDATION } from '../../contract/home.js'
import { scriptedLauncher, type ScriptedLauncher } from '../../contract/scripted-launcher.js'
import { eventually } from '../../eventually.js'

const NET = print(buildTemplate(templateOf('googlenet')!))

let folders: Awaited<ReturnType<typeof temporaryHome>>
let launcher: ScriptedLauncher
let services: Services

beforeEach(async () => {
  folders = await temporaryHome()
  launcher = scriptedLauncher({})
  services = createServices({ ...folders, launcher, version: '1', shell: 'host' })
})
afterEach(async () => {
  await services.close()
  await folders.remove()
})

const runsFolder = () => join(folders.home, 'runs')

async function start(): Promise<string> {
  const started = services.api.training.start(NET, DEFAULT_SETTINGS)
  await eventually(() => launcher.tell([START]))
  return (await started).run
}

describe('starting', () => {
  it('names runs by day, net and number, without gaps or clashes', async () => {
    const day = new Date(2026, 10, 24)
    const ids = []
    for (const name of ['ResNet 20', 'ResNet-20', 'Größe / 2 ', '***', 'сеть']) {
      ids.push((await makeRunFolder(runsFolder(), name, day)).id)
    }
    expect(ids).toEqual([
      '2026-11-24-resnet-20-1',
      '2026-11-24-resnet-20-2',
      '2026-11-24-gro-e-2-1',
      '2026-11-24-net-1',
      '2026-11-24-net-2',
    ])
    await mkdir(join(runsFolder(), '2026-11-24-net-10'))
    const together = await Promise.all([1, 2, 3].map(() => makeRunFolder(runsFolder(), '', day)))
    expect(together.map(({ id }) => id).sort()).toEqual([11, 12, 13].map((n) => `2026-11-24-net-${n}`))
  })

  it('puts the main head first', async () => {
    await start()
    const [run] = await services.api.runs.list()
    expect(run!.heads).toEqual(['main', 'aux_1', 'aux_2'])
  })

  it('refuses what is no document, what has problems, and heads that are none', async () => {
    const { api } = services
    const broken = { ...(JSON.parse(NET) as object), wires: [] }
    await expect(api.training.start('x', DEFAULT_SETTINGS)).rejects.toMatchObject({ code: 'document/not-json' })
    const error = await api.training.start(JSON.stringify(broken), DEFAULT_SETTINGS).catch((e: unknown) => e)
    expect(error).toMatchObject({ code: 'graph/has-errors' })
    expect((error as AppError).issues.length).toBeGreaterThan(1)
    const stray = { ...DEFAULT_SETTINGS, headWeights: { aux_9: 1 } }
    await expect(api.training.start(NET, stray)).rejects.toMatchObject({ code: 'input/invalid' })
    expect(launcher.jobs).toEqual([])
  })

  it('leaves nothing behind when the data turns out wrong', async () => {
    const started = services.api.training.start(NET, DEFAULT_SETTINGS)
    await eventually(() => launcher.tell([{ type: 'end', reason: 'failed', step: 0 }]))
    launcher.finish(new AppError('data/class-count', 'The data has 10 classes, the head 1000.', 'Set 10.'))
    await expect(started).rejects.toMatchObject({ code: 'data/class-count' })
    expect(await readdir(runsFolder())).toEqual([])
    expect(services.busy()).toBe(false)
    await start()
  })

  it('allows one run at a time, and the next as soon as the last has told its end', async () => {
    await start()
    await expect(services.api.training.start(NET, DEFAULT_SETTINGS)).rejects.toMatchObject({ code: 'run/busy' })
    launcher.tell([END])
    const next = services.api.training.start(NET, DEFAULT_SETTINGS)
    launcher.finish()
    await eventually(() => expect(launcher.jobs.length).toBe(2))
    launcher.tell([START])
    expect((await next).run).toMatch(/-2$/)
  })
})

describe('going on with a run', () => {
  const id = '2026-01-02-old-1'
  const goOn = () => services.api.training.resume(id, {})

  it('that cannot begin leaves it as it was, for every listener', async () => {
    await storeRun(folders.home, id, 'running', [START, step(1)], 2 ** 22 - 1)
    const before = await services.api.runs.list()
    expect(before).toMatchObject([{ id, state: 'failed', error: { code: 'trainer/crashed' } }])
    const states: RunSummary[] = []
    services.on('runs.changed', (run) => states.push(run))
    const resumed = goOn()
    await eventually(() => expect(launcher.jobs.length).toBe(1))
    launcher.finish(new AppError('data/changed', 'Other images.', 'Put them back.'))
    await expect(resumed).rejects.toMatchObject({ code: 'data/changed' })
    expect(states.map(({ state }) => state)).toEqual(['starting', 'failed'])
    expect(await services.api.runs.list()).toEqual(before)
    expect((await services.api.runs.history(id, 0)).events).toEqual([START, step(1)])
  })

  it('appends to its history, and drops the error that had ended it', async () => {
    await storeRun(folders.home, id, 'running', [START, step(1)], 2 ** 22 - 1)
    const resumed = goOn()
    await eventually(() => expect(launcher.jobs.length).toBe(1))
    const again = { ...START, resumed: 1 }
    launcher.tell([again, step(2)])
    await resumed
    expect((await services.api.runs.history(id, 0)).events).toEqual([START, step(1), again, step(2)])
    const [run] = await services.api.runs.list()
    expect(run).toMatchObject({ id, state: 'running' })
    expect(run).not.toHaveProperty('error')
  })

  it('that is not there is an error', async () => {
    await expect(services.api.training.resume('2026-01-02-none-1', {})).rejects.toMatchObject({ code: 'run/not-found' })
    expect(services.busy()).toBe(false)
  })
})

describe('a trainer that dies', () => {
  it('leaves a failed run with the reason, in memory and on disk', async () => {
    const states: string[] = []
    services.on('runs.changed', ({ state }) => states.push(state))
    const run = await start()
    await storeRun(folders.home, run, 'running', [START, step(1)])
    launcher.tell([step(1), VALIDATION])
    const error = new AppError('trainer/crashed', 'The trainer process ended by SIGKILL.', 'Start it again.')
    launcher.finish(error)
    await eventually(() => expect(services.busy()).toBe(false))
    expect(states).toEqual(['starting', 'running', 'running', 'failed'])
    const [listed] = await services.api.runs.list()
    expect(listed).toMatchObject({
      id: run,
      state: 'failed',
      error: { code: 'trainer/crashed', message: error.message },
    })
    const { events } = await services.api.runs.history(run, 2)
    expect(events).toMatchObject([{ type: 'end', reason: 'failed', step: 1, error: { message: error.message } }])
  })

  it('and one that was cut off with the app is shown as failed', async () => {
    await storeRun(folders.home, '2026-01-01-cut-1', 'running', [START, step(1)])
    await writeFile(join(runsFolder(), '2026-01-01-cut-1', 'events.jsonl'), `${JSON.stringify(START)}\n{"type":"st`)
    expect(await services.api.runs.list()).toMatchObject([{ state: 'failed', error: { code: 'trainer/crashed' } }])
    expect(await services.api.runs.history('2026-01-01-cut-1', 0)).toEqual({ events: [START], next: 1 })
  })
})

it('a run of another program is running while its process lives', async () => {
  await storeRun(folders.home, '2026-01-01-cli-1', 'running', [START], process.pid)
  const gone = spawnSync(process.execPath, ['-e', '']).pid
  await storeRun(folders.home, '2026-01-02-cli-1', 'running', [START], gone)
  expect((await services.api.runs.list()).map(({ id, state }) => [id, state])).toEqual([
    ['2026-01-02-cli-1', 'failed'],
    ['2026-01-01-cli-1', 'running'],
  ])
})

describe('folders', () => {
  it('without a run are passed over', async () => {
    await mkdir(join(runsFolder(), 'empty'), { recursive: true })
    await mkdir(join(runsFolder(), 'damaged'))
    await writeFile(join(runsFolder(), 'damaged', 'run.json'), '{"format":')
    await writeFile(join(runsFolder(), 'a-file'), '')
    expect(await services.api.runs.list()).toEqual([])
  })

  it('outside of the runs are never reached', async () => {
    await mkdir(runsFolder(), { recursive: true })
    await services.api.documents.write('Net', NET)
    const { api } = services
    const ids = ['..', '../documents', '.', 'a/b', '/etc', '', 'C:x', 'x\0', '..\\documents']
    for (const id of ids) {
      const refused = [
        api.runs.remove(id),
        api.runs.document(id),
        api.runs.history(id, 0),
        api.exports.read(id, 'onnx', 'x'),
      ]
      for (const call of refused) await expect(call).rejects.toMatchObject({ code: 'run/not-found' })
    }
    expect(await readFile(join(folders.home, 'documents', 'Net.netwright.json'), 'utf8')).toBe(NET)
    console.log(`cases=${ids.length}`)
  })
})

it('closing stops the run and waits for its end', async () => {
  const run = await start()
  await services.close()
  expect(services.busy()).toBe(false)
  expect(launcher.jobs.length).toBe(1)
  expect(run).not.toBe('')
})
