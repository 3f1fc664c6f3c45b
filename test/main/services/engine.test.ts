import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { EngineStatus } from '../../../src/shared/engine.js'
import { engineFolder } from '../../../src/main/engine/tensorflow/library.js'
import { createEmitter } from '../../../src/main/services/emitter.js'
import { createEngine } from '../../../src/main/services/engine.js'
import { scriptedLauncher } from '../../contract/scripted-launcher.js'
import { eventually } from '../../eventually.js'
import { fakePython, GOOD, TICKS } from '../engine/tensorflow/install/fake-python.js'

afterEach(() => vi.unstubAllEnvs())

async function setUp(pip: string, busy = false) {
  const home = await mkdtemp(join(tmpdir(), 'netwright-home-'))
  vi.stubEnv('PATH', `${await fakePython({ pip })}${delimiter}${process.env['PATH']}`)
  const emitter = createEmitter()
  const told: EngineStatus[] = []
  emitter.on('engine.changed', (status) => told.push(status))
  const engine = createEngine({ home, launcher: scriptedLauncher({}), emitter, busy: () => busy })
  const last = () => told.at(-1)?.work
  return { ...engine, home, told, last }
}

describe.skipIf(process.platform !== 'linux')('the engine service', () => {
  it('tells every step of an installation in order, and a window that comes later how it ended', async () => {
    const { api, told, last } = await setUp(`${TICKS}; ${GOOD}; echo "a last line"`)
    await api.install('processor')
    expect(last()).toEqual({
      state: 'installing',
      build: 'processor',
      stopping: false,
      progress: { step: 'environment', received: 0 },
    })
    await eventually(() => expect(last()).toEqual({ state: 'ended', engine: 'tensorflow', how: 'installed' }))
    const received = told.map(({ work }) => (work.state === 'installing' ? work.progress.received : 1000))
    expect(received).toEqual(received.toSorted((a, b) => a - b))
    const status = await api.status()
    expect(status).toEqual(told.at(-1))
    expect(status.log.at(-1)).toBe('a last line')
    expect(status.log.filter((line) => line.startsWith('Progress'))).toEqual([])
  })

  it('keeps the end of a long log', async () => {
    const { api, last } = await setUp(`seq 1 500; ${GOOD}`)
    await api.install('processor')
    await eventually(() => expect(last()).toEqual({ state: 'ended', engine: 'tensorflow', how: 'installed' }))
    expect((await api.status()).log).toEqual(Array.from({ length: 60 }, (_, i) => String(441 + i)))
  })

  it('says what failed and how to mend it, and installs when asked again', async () => {
    const gate = join(await mkdtemp(join(tmpdir(), 'netwright-gate-')), 'go')
    const { api, home, last } = await setUp(`[ -e '${gate}' ] || { echo "no network" >&2; exit 1; }; ${GOOD}`)
    await api.install('processor')
    await eventually(() => {
      expect(last()).toMatchObject({ state: 'failed', error: { code: 'device/unavailable' } })
    })
    expect((await api.status()).log.at(-1)).toBe('no network')
    expect(readdirSync(dirname(engineFolder(home, 'tensorflow')))).toEqual([])
    await writeFile(gate, '')
    await api.install('processor')
    await eventually(() => expect(last()).toEqual({ state: 'ended', engine: 'tensorflow', how: 'installed' }))
  })

  it('ends an installation, with what it started, when the app is closed', async () => {
    const { api, close, home, last } = await setUp('echo waiting; sleep 600')
    await api.install('processor')
    await eventually(async () => expect((await api.status()).log).toContain('waiting'))
    await close()
    expect(last()).toEqual({ state: 'ended', engine: 'tensorflow', how: 'stopped' })
    expect(readdirSync(dirname(engineFolder(home, 'tensorflow')))).toEqual([])
  })

  it('changes nothing under a run that goes on', async () => {
    const { api, home, told } = await setUp(GOOD, true)
    await expect(api.install('processor')).rejects.toMatchObject({ code: 'run/busy' })
    await expect(api.remove('tensorflow')).rejects.toMatchObject({ code: 'run/busy' })
    expect(told).toEqual([])
    expect(existsSync(engineFolder(home, 'tensorflow'))).toBe(false)
  })
})
