import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { afterEach, expect, it, vi } from 'vitest'
import { openBrowser } from '../../../src/main/host/hand-over.js'
import { eventually } from '../../eventually.js'

afterEach(() => vi.unstubAllEnvs())

/** Put a program in front of the path that notes its arguments; returns the file with its notes. */
async function standIn(name: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'netwright-opener-'))
  const notes = join(folder, 'notes')
  await writeFile(join(folder, name), `#!/bin/sh\necho "$@" > ${notes}.part && mv ${notes}.part ${notes}\n`)
  await chmod(join(folder, name), 0o755)
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env['PATH']}`)
  return notes
}

it.skipIf(process.platform !== 'linux')('hands the link over in a file that only the user can read', async () => {
  const link = 'http://127.0.0.1:1234/#token=secret'
  const notes = await standIn('xdg-open')
  const remove = await openBrowser(link)
  await eventually(() => expect(existsSync(notes)).toBe(true))
  const args = (await readFile(notes, 'utf8')).trim()
  expect(args).toMatch(/open\.html$/)
  expect(args).not.toContain('secret')
  expect(await readFile(args, 'utf8')).toContain(`content="0;url=${link}"`)
  expect([(await stat(args)).mode & 0o777, (await stat(dirname(args))).mode & 0o777]).toEqual([0o600, 0o700])
  await remove()
  expect(existsSync(dirname(args))).toBe(false)
  await rm(dirname(notes), { recursive: true })
})

it('does without a browser where there is none', async () => {
  vi.stubEnv('PATH', '')
  const remove = await openBrowser('http://127.0.0.1:1/#token=x')
  await remove()
})
