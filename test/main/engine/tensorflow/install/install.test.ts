import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { InstallProgress } from '../../../../../src/shared/engine.js'
import { installTensorFlow, removeTensorFlow } from '../../../../../src/main/engine/tensorflow/install/install.js'
import { engineFolder, findTensorFlow } from '../../../../../src/main/engine/tensorflow/library.js'
import { fakePython, GOOD, TICKS } from './fake-python.js'

async function setUp(pip: string, home?: string) {
  const folder = home ?? (await mkdtemp(join(tmpdir(), 'netwright-home-')))
  const said: string[] = []
  const told: InstallProgress[] = []
  const options = {
    home: folder,
    build: 'processor' as const,
    say: (line: string) => void said.push(line),
    progress: (progress: InstallProgress) => void told.push(progress),
  }
  const python = join(await fakePython({ pip }), 'python3')
  return { options: { ...options, pythons: [join(folder, 'no-python'), python] }, said, told, home: folder }
}

/** Everything that lies where the engine is kept. */
const kept = (home: string) => readdirSync(dirname(engineFolder(home, 'tensorflow')))

describe.skipIf(process.platform !== 'linux')('engine install', () => {
  it('makes an environment, tells what pip prints and how far it is, and removes it again', async () => {
    const { options, said, told, home } = await setUp(`${TICKS}; ${GOOD}`)
    const library = await installTensorFlow(options)
    expect(library).toMatchObject({ version: '2.21.0', source: 'Netwright’s own' })
    expect(findTensorFlow('tensorflow', {}, home).library).toEqual(library)
    expect(said.filter((line) => line.includes('--progress-bar raw'))).toHaveLength(1)
    expect(said.some((line) => line.startsWith('Progress'))).toBe(false)
    const file = { step: 'download', file: 'tensorflow_cpu 2.21.0', total: 1000 }
    expect(told).toEqual([
      { step: 'environment', received: 0 },
      { step: 'download', received: 0 },
      { ...file, done: 0, received: 0 },
      { ...file, done: 0, received: 0 },
      { ...file, done: 400, received: 400 },
      { ...file, done: 1000, received: 1000 },
      { step: 'unpack', received: 1000 },
    ])
    expect(await removeTensorFlow(home, 'tensorflow')).toBe(true)
    expect(kept(home)).toEqual([])
    expect(await removeTensorFlow(home, 'tensorflow')).toBe(false)
  })

  it.each([
    [
      'pip fails',
      'echo "ERROR: no network" >&2; echo "ERROR: and so nothing" >&2; exit 1',
      /failed at -m pip install: ERROR: no network$/,
    ],
    ['the package has no library', 'exit 0', /without the library/],
  ])('keeps what was there and leaves no halves when %s', async (_, pip, words) => {
    const { options, home } = await setUp(GOOD)
    const { path } = await installTensorFlow(options)
    await writeFile(path, 'mine')
    const again = await setUp(pip, home)
    await expect(installTensorFlow(again.options)).rejects.toMatchObject({
      code: 'device/unavailable',
      message: expect.stringMatching(words) as string,
    })
    expect(await readFile(path, 'utf8')).toBe('mine')
    expect(kept(home)).toEqual(['tensorflow'])
  })

  it('gets the build with OpenMP beside the usual one by a Python that it is for, and passes over one that is newer', async () => {
    const { options, said } = await setUp(GOOD)
    const [newer, fitting] = await Promise.all(
      ['3 12 4 1', '3 11 9 1'].map(async (version) => join(await fakePython({ pip: GOOD, version }), 'python3')),
    )
    const wanted = { ...options, build: 'openmp' as const }
    await expect(installTensorFlow({ ...wanted, pythons: [newer!] })).rejects.toThrow(
      'Python 3.12.4 is there; intel-tensorflow 2.14.0 takes Python 3.9 to 3.11.',
    )
    await installTensorFlow(options)
    said.length = 0
    await installTensorFlow({ ...wanted, pythons: [newer!, fitting!] })
    expect(kept(options.home)).toEqual(['tensorflow', 'tensorflow-openmp'])
    expect(said.filter((line) => line.includes('tensorflow=='))).toEqual([
      'pip -m pip install --disable-pip-version-check --progress-bar raw intel-tensorflow==2.14.0',
    ])
    expect(await removeTensorFlow(options.home, 'tensorflow')).toBe(true)
    expect(kept(options.home)).toEqual(['tensorflow-openmp'])
  })

  it('stops with everything that pip has started when asked, and keeps nothing', async () => {
    const { options, home } = await setUp('(sleep 600; touch "$site/late") & wait')
    const stop = new AbortController()
    const say = (text: string) => void (text.includes('pip') && stop.abort())
    await expect(installTensorFlow({ ...options, say, signal: stop.signal })).rejects.toThrow('stopped')
    expect(kept(home)).toEqual([])
  })

  it.each([
    ['no Python', undefined, /no Python on the path; tensorflow-cpu 2.21.0 takes Python 3.10 to 3.13/, /python.org/],
    ['an old one', '3 9 18 1', /Python 3.9.18 is there/, /python.org/],
    ['one that is too new', '3 15 0 1', /Python 3.15.0 is there/, /python.org/],
    ['one without environments', '3 12 4 0', /Python 3.12.4 is there, but not its module venv/, /python3-venv/],
  ])('says what it takes when there is %s', async (_, version, message, hint) => {
    const { options } = await setUp(GOOD)
    const pythons = version === undefined ? [] : [join(await fakePython({ pip: GOOD, version }), 'python3')]
    await expect(installTensorFlow({ ...options, pythons })).rejects.toMatchObject({
      message: expect.stringMatching(message) as string,
      hint: expect.stringMatching(hint) as string,
    })
    expect(existsSync(engineFolder(options.home, 'tensorflow'))).toBe(false)
  })
})
