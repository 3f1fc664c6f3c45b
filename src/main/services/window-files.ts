import { readdir, readFile } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'

export interface StaticFile {
  readonly type: string
  readonly body: Buffer
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}

/**
 * The files of the built window by exact path; `index.html` is `/`. They are read once, so that a request can only pick
 * from this map and never form a path.
 */
export async function readWindowFiles(folder: string): Promise<ReadonlyMap<string, StaticFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = await Promise.all(
    entries
      .filter((entry) => entry.isFile() && TYPES[extname(entry.name)] !== undefined)
      .map(async (entry) => {
        const path = join(entry.parentPath, entry.name)
        const address = `/${relative(folder, path).split(sep).join('/')}`
        const file: StaticFile = { type: TYPES[extname(path)]!, body: await readFile(path) }
        return [address === '/index.html' ? '/' : address, file] as const
      }),
  )
  return new Map(files)
}
