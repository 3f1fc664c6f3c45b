import * as fs from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { writeAtomic, type AtomicFs } from '../../../src/main/storage/atomic.js'

let folder: string
beforeEach(async () => {
  folder = await fs.mkdtemp(join(tmpdir(), 'atomic-'))
})

const failure = (code: string) => Object.assign(new Error(code), { code })

/** File calls of which number `nth` (0-based, over the calls that change something) fails with `code`. */
function failing(nth: number, code: string): { fs: AtomicFs; calls: () => readonly string[] } {
  const calls: string[] = []
  const tick = (name: string) => {
    calls.push(name)
    if (calls.length - 1 === nth) throw failure(code)
  }
  const open: typeof fs.open = async (path, flags, mode) => {
    tick('open')
    const file = await fs.open(path, flags, mode)
    const real = { write: file.write.bind(file), sync: file.sync.bind(file) }
    file.write = ((part: Uint8Array, offset: number) => {
      tick('write')
      // Half of what is asked for, as a nearly full disk does.
      return real.write(part, offset, Math.max(1, (part.length - offset) >> 1))
    }) as typeof file.write
    file.sync = () => {
      tick('sync')
      return real.sync()
    }
    return file
  }
  const rename: typeof fs.rename = async (from, to) => {
    tick('rename')
    return fs.rename(from, to)
  }
  return { fs: { open, rename, rm: fs.rm, stat: fs.stat }, calls: () => calls }
}

describe('writeAtomic', () => {
  it('writes new files and replaces old ones, keeping their mode', async () => {
    const path = join(folder, 'a.json')
    await writeAtomic(path, 'one')
    await fs.chmod(path, 0o600)
    await writeAtomic(path, [Buffer.from('tw'), Buffer.from('o')])
    expect(await fs.readFile(path, 'utf8')).toBe('two')
    expect((await fs.stat(path)).mode & 0o777).toBe(0o600)
    expect(await fs.readdir(folder)).toEqual(['a.json'])
  })

  it('keeps the old file and leaves nothing behind when any call before the rename fails', async () => {
    const path = join(folder, 'a.json')
    await writeAtomic(path, 'old content')
    const probe = failing(-1, '')
    await writeAtomic(path, 'old content', probe.fs)
    const before = probe.calls().indexOf('rename')
    expect(before).toBeGreaterThan(3)
    let cases = 0
    for (const [code, expected] of [
      ['ENOSPC', 'disk/full'],
      ['EIO', 'disk/failed'],
      ['EROFS', 'disk/failed'],
    ] as const) {
      for (let nth = 0; nth <= before; nth++) {
        await expect(writeAtomic(path, 'new content', failing(nth, code).fs)).rejects.toMatchObject({ code: expected })
        expect(await fs.readFile(path, 'utf8')).toBe('old content')
        expect(await fs.readdir(folder)).toEqual(['a.json'])
        cases++
      }
    }
    console.log(`cases=${cases}`)
  })

  it('says so when the folder is missing', async () => {
    await expect(writeAtomic(join(folder, 'no', 'a.json'), 'x')).rejects.toMatchObject({ code: 'disk/failed' })
  })
})
