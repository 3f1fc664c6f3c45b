import { readdir } from 'node:fs/promises'
import type { Api, FileEntry } from '../../shared/api.js'
import { resolveBeneath } from '../storage/beneath.js'
import { readError } from '../storage/disk-error.js'

/** Folders and files below one root, for choosing data: names only, no links, nothing hidden. */
export function createFiles(root: string): Api['files'] {
  return {
    async list(path) {
      const folder = path === '' ? root : await resolveBeneath(root, path)
      const found = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
        throw readError(error, path === '' ? root : path)
      })
      const entries = found
        .filter((entry) => !entry.name.startsWith('.') && (entry.isDirectory() || entry.isFile()))
        .map((entry): FileEntry => ({ name: entry.name, kind: entry.isDirectory() ? 'folder' : 'file' }))
        .sort(foldersFirst)
      return { path, entries }
    },
  }
}

function foldersFirst(a: FileEntry, b: FileEntry): number {
  return a.kind === b.kind ? a.name.localeCompare(b.name, 'en', { numeric: true }) : a.kind === 'folder' ? -1 : 1
}
