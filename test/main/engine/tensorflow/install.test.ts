import { existsSync } from 'node:fs'
import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { installTensorFlow, removeTensorFlow } from '../../../../src/main/engine/tensorflow/install.js'
import { engineFolder, findTensorFlow } from '../../../../src/main/engine/tensorflow/library.js'

/** A Python that makes environments of itself and whose pip does what `pip` says. */
async function python(pip: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'netwright-python-')), 'python3')
  const site = '"$(dirname "$0")/../lib/python3.12/site-packages"'
  const lines = [
    '#!/bin/sh',
    'case "$1 $2" in',
    '  "-c "*) exit 0 ;;',
    '  "-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;',
    `  "-m pip") site=${site}; echo "pip $*"; ${pip} ;;`,
    'esac',
  ]
  await writeFile(path, `${lines.join('\n')}\n`)
  await chmod(path, 0o755)
  return path
}

const GOOD =
  'mkdir -p "$site/tensorflow" "$site/tensorflow_cpu-2.21.0.dist-info";' +
  ' touch "$site/tensorflow/libtensorflow_cc.so.2" "$site/tensorflow/libtensorflow_framework.so.2"'

async function setUp(pip: string, home?: string) {
  const folder = home ?? (await mkdtemp(join(tmpdir(), 'netwright-home-')))
  const said: string[] = []
  const options = { home: folder, gpu: false, say: (text: string) => void said.push(text) }
  return { options: { ...options, pythons: [join(folder, 'no-python'), await python(pip)] }, said, home: folder }
}

describe.skipIf(process.platform !== 'linux')('engine install', () => {
  it('makes an environment, tells what pip prints, and removes it again', async () => {
    const { options, said, home } = await setUp(GOOD)
    const library = await installTensorFlow(options)
    expect(library).toMatchObject({ version: '2.21.0', source: 'Netwright’s own' })
    expect(findTensorFlow({}, home).library).toEqual(library)
    expect(said.join('')).toContain('tensorflow-cpu==')
    expect(await removeTensorFlow(home)).toBe(true)
    expect(existsSync(engineFolder(home))).toBe(false)
    expect(await removeTensorFlow(home)).toBe(false)
  })

  it.each([
    ['pip fails', 'echo "no network" >&2; exit 1', /failed at -m pip install/],
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
    expect(existsSync(`${engineFolder(home)}.part`)).toBe(false)
  })

  it('stops when asked and keeps nothing', async () => {
    const { options, home } = await setUp('exec sleep 600')
    const stop = new AbortController()
    const say = (text: string) => void (text.includes('pip') && stop.abort())
    await expect(installTensorFlow({ ...options, say, signal: stop.signal })).rejects.toThrow('stopped')
    expect(existsSync(`${engineFolder(home)}.part`)).toBe(false)
  })

  it('says that there is no Python', async () => {
    const { options } = await setUp(GOOD)
    const without = { ...options, pythons: options.pythons.slice(0, 1) }
    await expect(installTensorFlow(without)).rejects.toMatchObject({ message: /no Python/, hint: /Install Python/ })
  })
})
