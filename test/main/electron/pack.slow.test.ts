import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { listPackage } from '@electron/asar'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { built, ROOT } from '../../built.js'

/** What marks the fuses in Electron's binary; version 1, a length and a byte for each follow. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
/** `@electron/fuses`, in the order of the wire, all the wrong way round to begin with. */
const FUSES: readonly (readonly [string, '0' | '1'])[] = [
  ['runAsNode', '0'],
  ['enableCookieEncryption', '1'],
  ['enableNodeOptionsEnvironmentVariable', '0'],
  ['enableNodeCliInspectArguments', '0'],
  ['enableEmbeddedAsarIntegrityValidation', '1'],
  ['onlyLoadAppFromAsar', '1'],
  ['loadBrowserProcessSpecificV8Snapshot', '0'],
  ['grantFileProtocolExtraPrivileges', '0'],
]

let folder: string
let app: string

/** A folder that stands for Electron: what the packer copies and whose fuses it sets. */
async function standIn(path: string) {
  await mkdir(join(path, 'resources'), { recursive: true })
  const wire = FUSES.map(([, value]) => (value === '1' ? '0' : '1')).join('')
  const head = Buffer.from([0x7f, 0x45, 0x4c, 0x46, ...Array<number>(1000).fill(0)])
  const binary = [head, Buffer.from(SENTINEL), Buffer.from([1, FUSES.length]), Buffer.from(wire), Buffer.alloc(100)]
  await writeFile(join(path, 'electron'), Buffer.concat(binary))
  await chmod(join(path, 'electron'), 0o755)
  await writeFile(join(path, 'version'), '41.7.1')
}

beforeAll(async () => {
  built()
  folder = await mkdtemp(join(tmpdir(), 'netwright-pack-'))
  await standIn(join(folder, 'electron'))
  const builder = join(ROOT, 'node_modules', 'electron-builder', 'cli.js')
  const options = [`-c.electronDist=${join(folder, 'electron')}`, `-c.directories.output=${join(folder, 'dist')}`]
  execFileSync(process.execPath, [builder, '--linux', 'dir', '--x64', ...options], { cwd: ROOT, stdio: 'pipe' })
  app = join(folder, 'dist', 'linux-unpacked')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the packed app', () => {
  it('holds what was built and the native packages, nothing else', () => {
    const files = listPackage(join(app, 'resources', 'app.asar'), { isPack: false })
    expect(files).toEqual(
      expect.arrayContaining([
        '/package.json',
        '/out/main/index.js',
        '/out/main/trainer.js',
        '/out/main/onnx-thread.js',
        '/out/preload/preload.cjs',
        '/out/renderer/index.html',
      ]),
    )
    const packages = new Set(files.map((file) => /^\/node_modules\/([^/]+)$/.exec(file)?.[1]).filter(Boolean))
    expect([...packages].sort()).toEqual(
      [
        '@img',
        '@koromix',
        'detect-libc',
        'koffi',
        'onnxruntime-common',
        'onnxruntime-node',
        'onnxruntime-web',
        'semver',
        'sharp',
      ].sort(),
    )
    expect(files.filter((file) => /^\/(src|test|scripts)|\.ts$|\.map$/.test(file))).toEqual([])
    console.log(`cases=${files.length}`)
  })

  it('keeps native code outside of the archive, for this system only', async () => {
    const unpacked = join(app, 'resources', 'app.asar.unpacked', 'node_modules')
    const native = (await readdir(unpacked, { recursive: true })).filter((name) => /\.(node|so|dylib|dll)/.test(name))
    expect(native.some((name) => name.endsWith('onnxruntime_binding.node'))).toBe(true)
    expect(native.filter((name) => /darwin|win32|arm64/.test(name))).toEqual([])
  })

  it('brings the built-in data and the licences', () => {
    const there = ['data/fashion-mnist', 'licences.txt'].map((name) => existsSync(join(app, 'resources', name)))
    expect(there).toEqual([true, true])
  })

  it('has every fuse set', async () => {
    const binary = await readFile(join(app, 'netwright'))
    const at = binary.indexOf(SENTINEL) + SENTINEL.length
    const wire = binary.subarray(at + 2, at + 2 + FUSES.length).toString()
    expect(Object.fromEntries(FUSES.map(([name], i) => [name, wire[i]]))).toEqual(Object.fromEntries(FUSES))
  })
})
