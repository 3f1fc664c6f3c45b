import { existsSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeAtomic } from '../../storage/atomic.js'

/**
 * A file in a run folder that asks its trainer to end after the step, whichever program started it. A signal would need a number of a
 * process, which may be another's by now, and a system where signals ask rather than end.
 */
const WISH = 'stop'

export async function wishStop(folder: string): Promise<void> {
  await writeAtomic(join(folder, WISH), '')
}

/** Asked at every step: a look at one name takes microseconds. */
export function isStopWished(folder: string): boolean {
  return existsSync(join(folder, WISH))
}

/** A wish is for the trainer that is there: the next one begins without it. */
export async function forgetStopWish(folder: string): Promise<void> {
  await rm(join(folder, WISH), { force: true })
}
