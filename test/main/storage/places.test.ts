import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { writeAtomic } from '../../../src/main/storage/atomic.js'
import { diskError } from '../../../src/main/storage/disk-error.js'
import { makeFolder } from '../../../src/main/storage/folder.js'

let folder: string
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'places-'))))
afterEach(() => rm(folder, { recursive: true }))

it('says what is wrong with the place of a file, in its own name and not that of a temporary one', async () => {
  await writeFile(join(folder, 'file'), '')
  const long = 'x'.repeat(300)
  const cases: Readonly<Record<string, string>> = {
    'nowhere/a.json': 'cannot be written: its folder does not exist.',
    'file/a.json': 'cannot be written: a file stands where its folder should be.',
    [long]: 'is too long a name for this disk.',
  }
  const said: Record<string, string> = {}
  for (const name of Object.keys(cases)) {
    const path = join(folder, name)
    const error = await writeAtomic(path, 'text').catch((thrown: unknown) => thrown as Error)
    said[name] = String((error as Error).message).replace(`${path} `, '')
  }
  expect(said).toEqual(cases)
  await makeFolder(join(folder, 'taken'))
  await expect(writeAtomic(join(folder, 'taken'), 'text')).rejects.toMatchObject({
    code: 'disk/failed',
    message: `${join(folder, 'taken')} cannot be written: something else of this name is there.`,
  })
  expect((await readdir(folder)).sort()).toEqual(['file', 'taken'])
  const other = Object.assign(new Error("EIO: i/o error, open '/x/.a.json.12-ab.netwright-tmp'"), { code: 'EIO' })
  expect(diskError(other, '/x/a.json').message).toBe('/x/a.json could not be written: EIO: i/o error.')
  console.log(`cases=${Object.keys(cases).length + 2}`)
})

it('makes folders with those above them, once, also several at a time, and not in the place of a file', async () => {
  const deep = join(folder, 'a', 'b', 'c')
  expect((await Promise.all([makeFolder(deep), makeFolder(deep)])).includes(true)).toBe(true)
  expect(await makeFolder(deep)).toBe(false)
  await writeFile(join(folder, 'file'), 'kept')
  for (const path of ['file', 'file/below']) {
    await expect(makeFolder(join(folder, path))).rejects.toMatchObject({ code: 'disk/failed' })
  }
})

it.runIf(process.platform === 'linux')('refuses at once where the system makes no folders', async () => {
  // Node's own way with all folders above never ends here: the answer is that /proc is missing.
  await expect(makeFolder('/proc/netwright/runs')).rejects.toMatchObject({ code: 'disk/failed' })
})
