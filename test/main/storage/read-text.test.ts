import { spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readText } from '../../../src/main/storage/bounded.js'

let folder: string
beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'read-text-'))))
afterEach(() => rm(folder, { recursive: true }))

it('reads UTF-8 of every script, and refuses what would lose letters', async () => {
  const cases: readonly (readonly [Buffer, string])[] = [
    [Buffer.from('Netz ü 网 😀'), 'Netz ü 网 😀'],
    [Buffer.from('\ufeffmarked'), 'marked'],
    [Buffer.from(''), ''],
    [Buffer.from('ResNét', 'latin1'), 'PATH is not text in UTF-8.'],
    [Buffer.from('\ufeff{}', 'utf16le'), 'PATH is not text in UTF-8, but in UTF-16.'],
    [Buffer.from('\ufeff{}', 'utf16le').swap16(), 'PATH is not text in UTF-8, but in UTF-16.'],
    [Buffer.from([0x1f, 0x8b, 8, 0]), 'PATH is not text in UTF-8.'],
  ]
  const path = join(folder, 'file')
  const answers: string[] = []
  for (const [bytes] of cases) {
    await writeFile(path, bytes)
    const answer = await readText(path, 1000).catch((error: Error) => error.message)
    answers.push(answer.replace(path, 'PATH'))
  }
  expect(answers).toEqual(cases.map(([, answer]) => answer))
  console.log(`cases=${cases.length}`)
})

it.runIf(process.platform === 'linux')('does not wait for a pipe that nobody writes to', async () => {
  const pipe = join(folder, 'pipe.json')
  expect(spawnSync('mkfifo', [pipe]).status).toBe(0)
  await expect(readText(pipe, 1000)).rejects.toMatchObject({ code: 'file/not-found' })
})
