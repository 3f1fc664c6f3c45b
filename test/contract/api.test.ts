import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { METHODS, type MethodName } from '../../src/shared/rpc/methods.js'
import { DEFAULT_SETTINGS } from '../../src/shared/training/settings.js'
import { createServices, type Services } from '../../src/main/services/index.js'
import { END, START, step, storeRun, temporaryHome, VALIDATION } from './home.js'
import { documentRows } from './rows/documents.js'
import { engineRows } from './rows/engine.js'
import { trainingRows } from './rows/training.js'
import { ENGINE, EVALUATION, NEED, NET, OLD, PREDICTION, REPORT, SUMMARY, type Row } from './rows/world.js'
import { scriptedLauncher, type ScriptedLauncher } from './scripted-launcher.js'
import { WIRES, type WiredClient } from './wires.js'
import { eventually } from '../eventually.js'

vi.mock('electron', () => import('../main/electron/fake-electron.js'))

/** What every method answers; each runs on a fresh home over every wire. */
const CONTRACT: { readonly [M in MethodName]: Row } = { ...documentRows, ...engineRows, ...trainingRows }

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
      engine: ENGINE,
      memory: NEED,
    })
    await storeRun(folders.home, OLD, 'finished', [START, step(1), VALIDATION, END])
    await storeRun(folders.home, '2026-11-02-cut-1', 'running', [START, step(1)])
    services = createServices({ ...folders, launcher, version: '9.9', shell: 'host' })
    wired = await wire(services)
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await wired.cut()
    await services.close()
    await folders.remove()
  })

  it.each(Object.keys(METHODS) as MethodName[])('%s', async (method) => {
    count += 1
    await CONTRACT[method](wired.client.api, { ...folders, launcher, client: wired.client, desk: services.desk })
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
