import type * as files from 'node:fs/promises'
import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { expect, it, vi } from 'vitest'
import { openDataset } from '../../../src/main/data/open.js'
import { folderOf } from './writers.js'

const CROWD = 150_000
const OPTIONS = { validationShare: 0, seed: 1 }

/**
 * The folder `crowd` tells of more files than a call of a function takes arguments; to make them would take a minute. `locked` may not be
 * read, which a test cannot bring about where it runs as root.
 */
vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof files>()
  const file = { isFile: () => true, isDirectory: () => false, isSymbolicLink: () => false }
  const crowd = () => Array.from({ length: CROWD }, (_, i) => ({ ...file, name: `${i}.png` }))
  const refuse = (path: string) =>
    Object.assign(new Error(`EACCES: permission denied, scandir '${path}'`), { code: 'EACCES' })
  const readdir = (path: string, options: never) => {
    if (basename(path) === 'locked') return Promise.reject(refuse(path))
    return basename(path) === 'crowd' ? Promise.resolve(crowd()) : real.readdir(path, options)
  }
  return { ...real, readdir }
})

it('lists classes of more files than a call takes arguments, also in a folder below', async () => {
  const root = await folderOf({})
  await mkdir(join(root, 'a', 'crowd'), { recursive: true })
  await expect(openDataset(root, OPTIONS)).rejects.toMatchObject({
    code: 'data/no-images',
    message: expect.stringContaining(`1 class folders, ${CROWD} files in them`) as string,
  })
  console.log(`cases=${CROWD}`)
})

it('leaves out no class whose folder may not be read: it says so', async () => {
  const root = await folderOf({ 'a/1.png': Buffer.from('x'), 'locked/1.png': Buffer.from('x') })
  await expect(openDataset(root, OPTIONS)).rejects.toMatchObject({
    code: 'disk/failed',
    message: `${join(root, 'locked')} could not be read: EACCES: permission denied.`,
  })
})
