import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openCApi } from '../../../../src/main/engine/tensorflow/c-api.js'
import { engineFolder, findTensorFlow, libraryIn } from '../../../../src/main/engine/tensorflow/library.js'

const NAMES = { linux: ['libtensorflow_framework.so.2', 'libtensorflow_cc.so.2'] } as Record<string, string[]>
const names = NAMES[process.platform] ?? []

/** A folder with empty files of these names. */
async function folderWith(files: readonly string[]): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'netwright-library-'))
  for (const file of files) {
    await mkdir(dirname(join(root, file)), { recursive: true })
    await writeFile(join(root, file), 'no library')
  }
  return root
}

describe.skipIf(names.length === 0)('the search for TensorFlow', () => {
  const site = 'lib/python3.12/site-packages'
  const wheel = [...names.map((name) => `${site}/tensorflow/${name}`), `${site}/tensorflow_cpu-2.21.0.dist-info/RECORD`]

  it('finds the library and its version in a Python environment, a package and the folder itself', async () => {
    const root = await folderWith(wheel)
    const [first, last] = names.map((name) => join(root, site, 'tensorflow', name)) as [string, string]
    const found = { path: last, needs: [first], version: '2.21.0', source: 'test' }
    for (const folder of [root, join(root, site), join(root, site, 'tensorflow')]) {
      expect(libraryIn(folder, 'test')).toEqual(found)
    }
  })

  it('takes nothing when a part is missing', async () => {
    expect(libraryIn(await folderWith(wheel.slice(1)), 'test')).toBeUndefined()
    expect(libraryIn(join(tmpdir(), 'nowhere at all'), 'test')).toBeUndefined()
  })

  it('prefers the user’s choice, then our own, and says what is wrong with a choice', async () => {
    const chosen = await folderWith(names)
    const home = await folderWith(wheel.map((file) => `engines/tensorflow/${file}`))
    expect(findTensorFlow('tensorflow', { NETWRIGHT_TENSORFLOW: chosen }, home).library?.path).toBe(
      join(chosen, names.at(-1)!),
    )
    expect(findTensorFlow('tensorflow', {}, home).library?.path).toBe(
      join(engineFolder(home, 'tensorflow'), site, 'tensorflow', names.at(-1)!),
    )
    const wrong = findTensorFlow('tensorflow', { NETWRIGHT_TENSORFLOW: join(home, 'none') }, home)
    expect(wrong.library).toBeUndefined()
    expect(wrong).toMatchObject({ message: expect.stringContaining(join(home, 'none')) as string })
  })

  it('finds each engine where it is, with the other beside it', async () => {
    const engines = ['tensorflow', 'tensorflow-openmp'] as const
    const home = await folderWith(engines.flatMap((engine) => wheel.map((file) => `engines/${engine}/${file}`)))
    for (const engine of engines) {
      const path = join(engineFolder(home, engine), site, 'tensorflow', names.at(-1)!)
      expect(findTensorFlow(engine, {}, home)).toMatchObject({ library: { path, source: 'Netwright’s own' } })
    }
    const chosen = await folderWith(names)
    const environment = { NETWRIGHT_TENSORFLOW_OPENMP: chosen }
    expect(findTensorFlow('tensorflow-openmp', environment, home).library?.path).toBe(join(chosen, names.at(-1)!))
    expect(findTensorFlow('tensorflow', environment, home).library?.source).toBe('Netwright’s own')
  })

  it('reports a file that is no library', async () => {
    const library = libraryIn(await folderWith(names), 'test')!
    const message = `TensorFlow cannot be loaded: ${library.needs[0]} is no library: it is cut short or something else.`
    expect(() => openCApi(library)).toThrowError(expect.objectContaining({ code: 'device/unavailable', message }))
  })
})
