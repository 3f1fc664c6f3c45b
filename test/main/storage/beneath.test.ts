import { link, mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { openBeneath, resolveBeneath } from '../../../src/main/storage/beneath.js'
import { readBounded } from '../../../src/main/storage/bounded.js'

let root: string
beforeEach(async () => {
  const base = await mkdtemp(join(tmpdir(), 'beneath-'))
  root = join(base, 'root')
  await mkdir(join(root, 'sub'), { recursive: true })
  await mkdir(join(base, 'root-evil'))
  await writeFile(join(base, 'root-evil', 'secret'), 'secret')
  await writeFile(join(root, 'sub', 'a.txt'), 'inside')
})

const HOSTILE = [
  ...['', '.', '..', '../secret', 'sub/../../root-evil/secret', '/etc/passwd', 'sub//a.txt', 'sub/./a.txt', 'sub/'],
  ...['C:/x', 'c:x', 'sub\\a.txt', '..\\secret', 'a\0b', 'CON', 'sub/nul', 'com1.txt', 'a.', 'a ', 'a:stream'],
  ...['1/2/3/4/5/6/7/8/9', '../root-evil/secret', '..', 'sub/..', '//server/share'],
]

describe('openBeneath', () => {
  it('opens a plain file', async () => {
    const file = await openBeneath(root, 'sub/a.txt')
    expect(await file.readFile('utf8')).toBe('inside')
    await file.close()
  })

  it('refuses every path that could leave the folder', async () => {
    for (const path of HOSTILE) {
      await expect(openBeneath(root, path), JSON.stringify(path)).rejects.toMatchObject({ code: 'file/refused' })
      await expect(resolveBeneath(root, path), JSON.stringify(path)).rejects.toMatchObject({ code: 'file/refused' })
    }
    console.log(`cases=${HOSTILE.length}`)
  })

  it('refuses links of every kind and folders', async () => {
    await symlink(join(root, '..', 'root-evil', 'secret'), join(root, 'soft'))
    await symlink(join(root, '..', 'root-evil'), join(root, 'folder'))
    await link(join(root, '..', 'root-evil', 'secret'), join(root, 'hard'))
    for (const path of ['soft', 'folder/secret', 'hard', 'sub']) {
      await expect(openBeneath(root, path), path).rejects.toMatchObject({ code: 'file/refused' })
    }
  })

  it('names what is missing', async () => {
    await expect(openBeneath(root, 'sub/b.txt')).rejects.toMatchObject({ code: 'file/not-found' })
    expect(await resolveBeneath(root, 'new/b.txt')).toMatch(/root.new.b\.txt$/)
  })
})

describe('readBounded', () => {
  it('reads up to the limit and refuses one byte more', async () => {
    expect((await readBounded(join(root, 'sub/a.txt'), 6)).toString()).toBe('inside')
    await expect(readBounded(join(root, 'sub/a.txt'), 5)).rejects.toMatchObject({ code: 'file/refused' })
    await expect(readBounded(join(root, 'sub'), 5)).rejects.toMatchObject({ code: 'file/not-found' })
    await expect(readBounded(join(root, 'sub/none'), 5)).rejects.toMatchObject({ code: 'file/not-found' })
  })
})
