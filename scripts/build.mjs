import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, say } from './shared.mjs'

const STAMP = join(ROOT, 'out', '.netwright-build')
/** Holds the number of the process that builds. */
const TURN = join(ROOT, 'out', '.netwright-building')
const CONFIGS = ['package.json', 'package-lock.json', 'electron.vite.config.ts', 'tsconfig.base.json']

/** Build the window and the processes unless out/ was built from just these sources; one process at a time does. */
export function build() {
  if (isBuilt(sourcesHash())) return
  const leave = takeTurn()
  const wanted = sourcesHash()
  if (!isBuilt(wanted)) buildFrom(wanted)
  leave()
}

function isBuilt(wanted) {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted
}

function buildFrom(wanted) {
  say('Building …')
  // What is cut off from here on is no build, whatever it was before.
  rmSync(STAMP, { force: true })
  const vite = join(ROOT, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: ROOT,
    stdio: ['ignore', process.stderr.fd, process.stderr.fd],
  })
  if (status !== 0) {
    say('The build failed; the messages above say why. `npm run types` checks the sources.')
    process.exit(2)
  }
  writeFileSync(STAMP, wanted)
}

/** Wait until no other process builds; returns the function that lets the next one. */
function takeTurn() {
  mkdirSync(join(ROOT, 'out'), { recursive: true })
  let waiting = false
  for (let blanks = 0; ;) {
    try {
      writeFileSync(TURN, String(process.pid), { flag: 'wx' })
      return () => rmSync(TURN, { force: true })
    } catch (error) {
      if (error.code !== 'EEXIST') throw error
    }
    const holder = holderOf()
    // The number comes an instant after the name; a process that was killed between them left none.
    blanks = holder === 0 ? blanks + 1 : 0
    if (blanks > 10 || (holder > 0 && !isRunning(holder))) rmSync(TURN, { force: true })
    else {
      if (holder > 0 && !waiting) say(`Process ${holder} is building; waiting for it …`)
      waiting ||= holder > 0
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
    }
  }
}

/** Number of the process that builds; 0 if none is written there yet, or any more. */
function holderOf() {
  try {
    return Number(readFileSync(TURN, 'utf8'))
  } catch {
    return 0
  }
}

function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code !== 'ESRCH'
  }
}

/** One number for the names and bytes of everything that the build reads. */
function sourcesHash() {
  const hash = createHash('sha256')
  const files = readdirSync(join(ROOT, 'src'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
  for (const file of [...files, ...CONFIGS.map((name) => join(ROOT, name))]) {
    hash.update(file.slice(ROOT.length)).update('\0').update(readFileSync(file)).update('\0')
  }
  return hash.digest('hex')
}

if (process.argv[1] === import.meta.filename) build()
