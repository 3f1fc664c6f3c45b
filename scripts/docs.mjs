/**
 * Writes the reference, `docs/reference`, from the files of layers, blocks and templates: a page and a picture for each.
 * `--check` writes nothing and exits 1 if a file is missing, too many or out of date.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const FOLDER = join(ROOT, 'docs/reference')

const server = await createServer({
  root: ROOT,
  configFile: false,
  logLevel: 'warn',
  server: { middlewareMode: true, hmr: false, watch: null },
  optimizeDeps: { noDiscovery: true },
})
const { referenceFiles } = await server.ssrLoadModule('/src/shared/reference/markdown.ts')
const wanted = referenceFiles()
await server.close()

const written = existsSync(FOLDER)
  ? readdirSync(FOLDER, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
  : []
const paths = new Map([...wanted].map(([path, text]) => [join(FOLDER, path), text]))
const stale = [...paths].filter(([path, text]) => !existsSync(path) || readFileSync(path, 'utf8') !== text)
const extra = written.filter((path) => !paths.has(path))

if (process.argv.includes('--check')) {
  for (const [path] of stale) console.error(`${path} is out of date.`)
  for (const path of extra) console.error(`${path} belongs to nothing.`)
  if (stale.length + extra.length > 0) console.error('Run npm run docs.')
  process.exit(stale.length + extra.length > 0 ? 1 : 0)
}
for (const path of extra) rmSync(path)
for (const [path, text] of stale) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
console.log(`${paths.size} files, ${stale.length} written, ${extra.length} removed.`)
process.exit(0)
