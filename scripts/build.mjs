import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, say } from './shared.mjs'

const STAMP = join(ROOT, 'out', '.netwright-build')
const CONFIGS = ['package.json', 'package-lock.json', 'electron.vite.config.ts', 'tsconfig.base.json']

/** Build the window and the processes unless out/ was built from just these sources. */
export function build() {
  const wanted = sourcesHash()
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return
  say('Building …')
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
