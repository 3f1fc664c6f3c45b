import { existsSync } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { diskError, systemCode } from '../storage/disk-error.js'
import { makeFolder, namesIn } from '../storage/folder.js'
import { RUN_FILES } from '../trainer/run/runfolder.js'

/** Make the folder of a new run; ids sort by day and read well: `2026-11-24-resnet-20-3`. */
export async function makeRunFolder(runs: string, name: string, now: Date): Promise<{ id: string; folder: string }> {
  await makeFolder(runs)
  const stem = `${localDay(now)}-${slug(name)}`
  for (let number = nextNumber(await namesIn(runs), stem); ; number += 1) {
    const id = `${stem}-${number}`
    const folder = join(runs, id)
    try {
      await mkdir(folder)
      return { id, folder }
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw diskError(error, folder) // else another process took the number: the next one
    }
  }
}

/** Remove the folder of a run that never began: without a record nobody could see it. */
export async function forgetUnbegun(folder: string): Promise<void> {
  if (!existsSync(join(folder, RUN_FILES.record))) await rm(folder, { recursive: true, force: true })
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
