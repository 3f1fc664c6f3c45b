import { spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { expect, it } from 'vitest'
import { sweepTemporary, temporaryBeside } from '../../../src/main/storage/temporary.js'

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
