import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Seconds a link lives that goes straight into a browser. */
export const HAND_OVER_SECONDS = 60

/**
 * Open a browser at a link without putting the link into any argument list, which every user of the computer can read:
 * the browser gets a page of mode 0600 that leads on. Returns the function that removes the page.
 */
export async function openBrowser(link: string): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'netwright-'))
  const page = join(folder, 'open.html')
  const file = await open(page, 'wx', 0o600)
  await file.writeFile(`<!doctype html><meta charset="utf-8"><meta http-equiv="refresh" content="0;url=${link}">\n`)
  await file.close()
  const [command, ...args] = opener(page)
  const child = spawn(command, args, { stdio: 'ignore', detached: true })
  child.on('error', () => {}) // no browser here: the printed link remains
  child.unref()
  return () => rm(folder, { recursive: true, force: true })
}

function opener(page: string): [string, ...string[]] {
  if (process.platform === 'darwin') return ['open', page]
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', page]
  return ['xdg-open', page]
}
