import { mkdir, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { systemCode } from '../storage/disk-error.js'

/** Make the folder of a new run; ids sort by day and read well: `2026-11-24-resnet-20-3`. */
export async function makeRunFolder(runs: string, name: string, now: Date): Promise<{ id: string; folder: string }> {
  await mkdir(runs, { recursive: true })
  const stem = `${localDay(now)}-${slug(name)}`
  for (let number = nextNumber(await readdir(runs), stem); ; number += 1) {
    const id = `${stem}-${number}`
    const folder = join(runs, id)
    try {
      await mkdir(folder)
      return { id, folder }
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error // another process took the number: the next one
    }
  }
}

/** One more than the highest number that this stem has. */
function nextNumber(ids: readonly string[], stem: string): number {
  const numbers = ids
    .filter((id) => id.startsWith(`${stem}-`))
    .map((id) => Number(id.slice(stem.length + 1)))
    .filter((number) => Number.isSafeInteger(number))
  return Math.max(0, ...numbers) + 1
}

/** Lower-case words joined by hyphens. */
function slug(name: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .match(/[a-z0-9]+/g)
  return words?.join('-').slice(0, 40).replace(/-$/, '') ?? 'net'
}

function localDay(now: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
}
