import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, say } from './shared.mjs'

const PACKAGE = join(ROOT, 'node_modules', 'electron')
const FAILED = join(PACKAGE, '.netwright-no-binary')
const PATIENCE_MS = 60_000

/** Path of Electron's binary, fetched at most once; `undefined` where it cannot be had. */
export function electronBinary() {
  const found = binaryPath()
  if (found || existsSync(FAILED) || !existsSync(PACKAGE)) return found
  say('Fetching Electron …')
  const { status } = spawnSync(process.execPath, [join(PACKAGE, 'install.js')], {
    cwd: PACKAGE,
    stdio: 'ignore',
    timeout: PATIENCE_MS,
    killSignal: 'SIGKILL',
  })
  const fetched = status === 0 ? binaryPath() : undefined
  if (!fetched) {
    writeFileSync(FAILED, '')
    say(`Electron could not be fetched, so Netwright opens in your browser. To try again, delete ${FAILED}.`)
  }
  return fetched
}

/** What `require('electron')` would return, without loading a package that may try to download. */
function binaryPath() {
  const pointer = join(PACKAGE, 'path.txt')
  if (!existsSync(pointer)) return undefined
  const path = join(PACKAGE, 'dist', readFileSync(pointer, 'utf8'))
  return existsSync(path) ? path : undefined
}
