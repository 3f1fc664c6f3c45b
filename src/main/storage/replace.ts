import { readdir, rename, rm } from 'node:fs/promises'
import { asideOf } from './temporary.js'

/**
 * Put a finished file or folder in the place of what stands there, if anything does. Folders cannot be renamed over each other, so an
 * old one steps aside first, and comes back if the new one cannot take its place; if this process ends between, by `sweepTemporary`.
 */
export async function replaceWith(finished: string, path: string): Promise<void> {
  const isFolder = (await readdir(finished).catch(() => undefined)) !== undefined
  if (!isFolder) return rename(finished, path)
  const old = asideOf(path)
  const moved = await rename(path, old).then(
    () => true,
    () => false,
  )
  try {
    await rename(finished, path)
  } catch (error) {
    if (moved) await rename(old, path)
    throw error
  }
  if (moved) await rm(old, { recursive: true, force: true })
}
