import { existsSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { expect, vi } from 'vitest'
import type { EngineWork } from '../../../src/shared/engine.js'
import { engineFolder } from '../../../src/main/engine/tensorflow/library.js'
import { eventually } from '../../eventually.js'
import { fakePython, GOOD } from '../../main/engine/tensorflow/install/fake-python.js'
import { ENGINE, type Rows, type World } from './world.js'

export const engineRows: Rows<'engine'> = {
  async 'engine.facts'(api, { launcher, home }) {
    expect(await api.engine.facts()).toEqual(ENGINE)
    expect(launcher.jobs).toEqual([{ kind: 'engine', home }])
  },
  async 'engine.status'(api) {
    expect(await api.engine.status()).toEqual({ work: { state: 'idle' }, log: [] })
  },
  async 'engine.install'(api, { home, client }) {
    const gate = await pythonThatWaits()
    const last = follow(client)
    await api.engine.install('processor')
    await expect(api.engine.install('cuda')).rejects.toMatchObject({ code: 'engine/busy' })
    await expect(api.engine.remove('tensorflow')).rejects.toMatchObject({ code: 'engine/busy' })
    await eventually(() => expect(last()).toMatchObject({ state: 'installing', progress: { step: 'download' } }))
    await writeFile(gate, '')
    await eventually(() => expect(last()).toEqual({ state: 'ended', engine: 'tensorflow', how: 'installed' }))
    const { work, log } = await api.engine.status()
    expect(work).toEqual(last())
    expect(log.at(-1)).toBe('came through')
    expect(existsSync(engineFolder(home, 'tensorflow'))).toBe(true)
  },
  async 'engine.cancel'(api, { home, client }) {
    await api.engine.cancel()
    expect((await api.engine.status()).work).toEqual({ state: 'idle' })
    await pythonThatWaits()
    const last = follow(client)
    await api.engine.install('processor')
    await eventually(() => expect(last()).toMatchObject({ state: 'installing', progress: { step: 'download' } }))
    await api.engine.cancel()
    await eventually(() => expect(last()).toEqual({ state: 'ended', engine: 'tensorflow', how: 'stopped' }))
    expect(existsSync(engineFolder(home, 'tensorflow'))).toBe(false)
  },
  async 'engine.remove'(api, { home, client }) {
    await writeFile(await pythonThatWaits(), '')
    const last = follow(client)
    await api.engine.install('processor')
    await eventually(() => expect(last()).toEqual({ state: 'ended', engine: 'tensorflow', how: 'installed' }))
    await api.engine.remove('tensorflow')
    await eventually(() => expect(last()).toEqual({ state: 'ended', engine: 'tensorflow', how: 'removed' }))
    expect(existsSync(engineFolder(home, 'tensorflow'))).toBe(false)
  },
}

/** Put a Python on the path whose pip waits for a file; returns the file. */
async function pythonThatWaits(): Promise<string> {
  const gate = join(await mkdtemp(join(tmpdir(), 'netwright-gate-')), 'go')
  const folder = await fakePython({
    pip: `while [ ! -e '${gate}' ]; do sleep 0.02; done; ${GOOD}; echo "came through"`,
  })
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH']}`)
  return gate
}

/** The work that was pushed last. */
function follow(client: World['client']): () => EngineWork | undefined {
  let work: EngineWork | undefined
  client.on('engine.changed', (status) => (work = status.work))
  return () => work
}
