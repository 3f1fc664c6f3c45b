import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { RunSummary } from '../../../src/shared/api.js'
import type { TrainingEvent } from '../../../src/shared/training/events.js'
import { createServices, type Services } from '../../../src/main/services/index.js'
import { appendEvents, readRecord, writeRecord } from '../../../src/main/trainer/run/runfolder.js'
import { isStopWished } from '../../../src/main/trainer/run/stop-wish.js'
import { ownMark } from '../../../src/main/storage/process.js'
import { END, START, step, storeRun, temporaryHome, VALIDATION } from '../../contract/home.js'
import { scriptedLauncher } from '../../contract/scripted-launcher.js'
import { eventually } from '../../eventually.js'

let folders: Awaited<ReturnType<typeof temporaryHome>>
let services: Services
const states: RunSummary[] = []
const pushed: { run: string; from: number; events: readonly TrainingEvent[] }[] = []

beforeEach(async () => {
  folders = await temporaryHome()
  services = createServices({ ...folders, launcher: scriptedLauncher({}), version: '1', shell: 'host' })
  services.on('runs.changed', (run) => states.push(run))
  services.on('training.events', (push) => pushed.push(push))
  states.length = 0
  pushed.length = 0
})
afterEach(async () => {
  await services.close()
  await folders.remove()
})

const folderOf = (id: string) => join(folders.home, 'runs', id)
const told = () => pushed.flatMap(({ events }) => events)

it('a run that another program trains is told as it goes, from its start to its end', async () => {
  const id = '2026-01-01-terminal-1'
  await storeRun(folders.home, '2025-01-01-old-1', 'finished', [START, step(1), END])
  await storeRun(folders.home, id, 'running', [START, step(1)], process.pid)
  await eventually(() => expect(told()).toEqual([START, step(1)]))
  const message = `${id} is trained by another program, process ${process.pid}.`
  await expect(services.api.training.headWeights(id, {})).rejects.toMatchObject({ code: 'run/busy', message })
  await expect(services.api.runs.remove(id)).rejects.toMatchObject({ code: 'run/busy' })
  await appendEvents(folderOf(id), [step(2), VALIDATION])
  await eventually(() => expect(told()).toHaveLength(4))
  await appendEvents(folderOf(id), [END])
  await writeRecord(folderOf(id), {
    ...(await readRecord(folderOf(id))),
    state: 'finished',
    lastValidation: VALIDATION,
  })
  await eventually(() => expect(states.at(-1)).toMatchObject({ id, state: 'finished', lastValidation: VALIDATION }))
  expect(told()).toEqual([START, step(1), step(2), VALIDATION, END])
  expect(pushed.map(({ run, from }) => [run, from])).toEqual([
    [id, 0],
    [id, 2],
    [id, 4],
  ])
  // Of the old one there is no news.
  expect(states.map((state) => [state.id, state.state])).toEqual([
    [id, 'running'],
    [id, 'finished'],
  ])
})

it('one can be asked to stop, which its trainer hears', async () => {
  const id = '2026-01-01-terminal-1'
  await storeRun(folders.home, id, 'running', [START, step(1)], process.pid)
  await eventually(() => expect(states).toHaveLength(1))
  await services.api.training.stop(id)
  expect(isStopWished(folderOf(id))).toBe(true)
  await eventually(() => expect(states.at(-1)).toMatchObject({ id, state: 'stopping' }))
  expect(await services.api.runs.list()).toMatchObject([{ id, state: 'stopping' }])
  await writeRecord(folderOf(id), { ...(await readRecord(folderOf(id))), state: 'stopped' })
  await eventually(() => expect(states.at(-1)).toMatchObject({ id, state: 'stopped' }))
  await expect(services.api.training.stop(id)).rejects.toMatchObject({ code: 'run/not-found' })
})

it.runIf(process.platform === 'linux')('one whose process has a successor of the same number was cut off', async () => {
  const id = '2026-01-01-terminal-1'
  await storeRun(folders.home, id, 'running', [START, step(1)], process.pid)
  const record = await readRecord(folderOf(id))
  await writeRecord(folderOf(id), { ...record, ...ownMark() })
  expect(await services.api.runs.list()).toMatchObject([{ state: 'running' }])
  await writeRecord(folderOf(id), { ...record, processStart: 'of another start of this computer' })
  expect(await services.api.runs.list()).toMatchObject([{ state: 'failed', error: { code: 'trainer/crashed' } }])
  await expect(services.api.training.stop(id)).rejects.toMatchObject({ code: 'run/not-found' })
  await services.api.runs.remove(id)
  expect(await services.api.runs.list()).toEqual([])
})

it('one whose process dies is told as cut off', async () => {
  const other = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] })
  await storeRun(folders.home, '2026-01-01-terminal-1', 'running', [START], other.pid)
  await eventually(() => expect(states).toMatchObject([{ state: 'running' }]))
  other.kill('SIGKILL')
  await once(other, 'exit')
  await eventually(() => expect(states.at(-1)).toMatchObject({ state: 'failed', error: { code: 'trainer/crashed' } }))
})

it('one that is gone on with after its end is told again', async () => {
  const id = '2026-01-01-terminal-1'
  await storeRun(folders.home, id, 'running', [START], process.pid)
  await eventually(() => expect(states).toHaveLength(1))
  const record = await readRecord(folderOf(id))
  await appendEvents(folderOf(id), [END])
  await writeRecord(folderOf(id), { ...record, state: 'stopped' })
  await eventually(() => expect(states.at(-1)).toMatchObject({ state: 'stopped' }))
  const again = { ...START, resumed: 2 }
  await appendEvents(folderOf(id), [again])
  await writeRecord(folderOf(id), { ...record, state: 'running' })
  await eventually(() => expect(states.at(-1)).toMatchObject({ state: 'running' }))
  expect(told()).toEqual([START, END, again])
})
