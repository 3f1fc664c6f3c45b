import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, say } from './shared.mjs'

const LOCK = join(ROOT, 'package-lock.json')
const INSTALLED = join(ROOT, 'node_modules', '.package-lock.json')
const STAMP = join(ROOT, 'node_modules', '.netwright-lock')

/** Install the packages unless node_modules already fits the lock file; only then is the network needed. */
export function setUp() {
  const wanted = createHash('sha256').update(readFileSync(LOCK)).digest('hex')
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return
  if (!fits()) install()
  writeFileSync(STAMP, wanted)
}

/** True if somebody ran `npm ci` already: npm's own list has every package of the lock file in its version. */
function fits() {
  if (!existsSync(INSTALLED)) return false
  const wanted = JSON.parse(readFileSync(LOCK, 'utf8')).packages
  const there = JSON.parse(readFileSync(INSTALLED, 'utf8')).packages
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || there[path]?.version === version || (optional && !there[path]),
  )
}

function install() {
  say('Installing packages …')
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'
  const { status, error } = spawnSync(npm, ['ci', '--no-progress'], {
    cwd: ROOT,
    stdio: ['ignore', process.stderr.fd, process.stderr.fd],
    shell: process.platform === 'win32',
  })
  if (status === 0) return
  say(`npm ci failed${error ? `: ${error.message}` : ` with code ${status}`}.`)
  say('Packages come from the npm registry: check the network and `npm config get registry`, then try again.')
  process.exit(2)
}

if (process.argv[1] === import.meta.filename) setUp()
