import { spawnSync } from 'node:child_process'
import type * as files from 'node:fs/promises'
import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, it, vi } from 'vitest'

/** A folder out of which nothing can be removed, as from a disk that may only be read; rights do not hold for every user. */
const removal = vi.hoisted(() => ({ refused: '' }))
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof files>()
  const rm: typeof real.rm = async (path, options) => {
    if (removal.refused !== '' && String(path).startsWith(removal.refused))
      throw Object.assign(new Error('read-only file system'), { code: 'EROFS' })
    return real.rm(path, options)
  }
  return { ...real, rm }
})
const { asideOf, sweepTemporary, temporaryBeside } = await import('../../../src/main/storage/temporary.js')

it.skipIf(process.platform === 'win32')('leaves what cannot be removed, and goes on', async () => {
  const root = await mkdtemp(join(tmpdir(), 'sweep-'))
  const gone = spawnSync(process.execPath, ['--version']).pid
  const left = basename(temporaryBeside(join(root, 'a.json'))).replace(`.${process.pid}-`, `.${gone}-`)
  for (const folder of ['a', 'b']) {
    await mkdir(join(root, folder))
    await writeFile(join(root, folder, left), 'half')
  }
  removal.refused = join(root, 'a')
  expect(await sweepTemporary(root)).toBe(1)
  expect(await readdir(join(root, 'a'))).toEqual([left])
  expect(await readdir(join(root, 'b'))).toEqual([])
})

it('sweeps what processes that are gone left behind, here and below, and nothing else', async () => {
  const root = await mkdtemp(join(tmpdir(), 'sweep-'))
  const gone = spawnSync(process.execPath, ['--version']).pid
  const own = basename(temporaryBeside(join(root, 'a.json')))
  const left = own.replace(`.${process.pid}-`, `.${gone}-`)
  expect(left).not.toBe(own)
  await mkdir(join(root, 'runs', 'one', left), { recursive: true })
  await writeFile(join(root, 'runs', 'one', left, 'half'), 'half')
  for (const name of [own, left, '.mine.netwright-tmp', 'a.json']) await writeFile(join(root, name), 'content')
  expect(await sweepTemporary(root)).toBe(2)
  expect((await readdir(root, { recursive: true })).sort()).toEqual(
    [own, '.mine.netwright-tmp', 'a.json', 'runs', 'runs/one'].sort(),
  )
  expect(await sweepTemporary(join(root, 'missing'))).toBe(0)
})

it('puts back what had stepped aside for something that never came', async () => {
  const root = await mkdtemp(join(tmpdir(), 'sweep-'))
  const gone = spawnSync(process.execPath, ['--version']).pid
  const left = (name: string) => asideOf(join(root, name)).replace(`.${process.pid}-`, `.${gone}-`)
  for (const [name, content] of [
    [left('engine'), 'the old engine'],
    [left('model'), 'the old model'],
    [join(root, 'model'), 'the new model'],
  ] as const) {
    await mkdir(name)
    await writeFile(join(name, 'file'), content)
  }
  expect(await sweepTemporary(root)).toBe(2)
  expect((await readdir(root)).sort()).toEqual(['engine', 'model'])
  expect(await readFile(join(root, 'engine', 'file'), 'utf8')).toBe('the old engine')
  expect(await readFile(join(root, 'model', 'file'), 'utf8')).toBe('the new model')
})
