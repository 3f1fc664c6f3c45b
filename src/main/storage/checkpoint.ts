import { createHash } from 'node:crypto'
import * as nodeFs from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../shared/errors.js'
import { syncFolder, writeNew, type AtomicFs } from './atomic.js'
import { readBounded } from './bounded.js'
import { diskError, readError, systemCode } from './disk-error.js'
import { temporaryBeside } from './temporary.js'

/** The system calls of a checkpoint; tests hand in ones that fail. */
export type CheckpointFs = AtomicFs & Pick<typeof nodeFs, 'mkdir' | 'readdir'>

/** Contents by file name. */
export type CheckpointFiles = Readonly<Record<string, readonly Uint8Array[]>>

export interface ReadCheckpoint {
  readonly step: number
  readonly files: Readonly<Record<string, Buffer>>
  /** Newer ones that could not be used, with the reason. */
  readonly broken: readonly { readonly name: string; readonly reason: string }[]
}

/** Name of a checkpoint after `step` updates; a second one of the same step gets a number of its own. */
const NAME = /^ck-(\d+)(?:-(\d+))?$/
/** Names the SHA-256 of every other file. */
const MANIFEST = 'manifest.json'
const MOST_MANIFEST = 2 ** 20
const MOST_FILE = 8 * 2 ** 30
/** The newest and the one before it, should the newest turn out to be damaged. */
const KEPT = 2

/**
 * Add a checkpoint to a folder of checkpoints: all of its files are on the disk before it gets its name, and older ones go
 * only after that. `disk/full` and `disk/failed` leave the older ones as they were.
 */
export async function writeCheckpoint(
  folder: string,
  step: number,
  files: CheckpointFiles,
  fs: CheckpointFs = nodeFs,
): Promise<void> {
  const temporary = temporaryBeside(join(folder, `ck-${step}`))
  try {
    await fs.mkdir(temporary, { recursive: true })
    const hashes = Object.fromEntries(Object.entries(files).map(([name, parts]) => [name, sha256(parts)]))
    for (const [name, parts] of Object.entries(files)) await writeNew(join(temporary, name), parts, 0o644, fs)
    await writeNew(join(temporary, MANIFEST), [Buffer.from(`${JSON.stringify(hashes)}\n`)], 0o644, fs)
    await syncFolder(temporary, fs)
    const known = await namesIn(folder, fs)
    const repeats = known.filter((name) => stepOf(name) === step).map(repeatOf)
    const name = repeats.length === 0 ? `ck-${step}` : `ck-${step}-${Math.max(...repeats) + 1}`
    await fs.rename(temporary, join(folder, name))
    await syncFolder(folder, fs)
    const kept = [name, ...known.filter((other) => stepOf(other) <= step)].slice(0, KEPT)
    for (const old of known.filter((other) => !kept.includes(other))) {
      await fs.rm(join(folder, old), { recursive: true, force: true })
    }
  } catch (error) {
    await fs.rm(temporary, { recursive: true, force: true }).catch(() => undefined)
    throw diskError(error, folder)
  }
}

/**
 * The newest whole checkpoint of a folder, all files checked against their hashes; a damaged one is passed over for the one
 * before. `undefined` if there was never one; `run/damaged` if none of those that are there can be used.
 */
export async function readCheckpoint(folder: string): Promise<ReadCheckpoint | undefined> {
  const broken: { name: string; reason: string }[] = []
  for (const name of await namesIn(folder, nodeFs)) {
    try {
      return { step: stepOf(name), files: await readFiles(join(folder, name)), broken }
    } catch (error) {
      broken.push({ name, reason: error instanceof Error ? error.message : String(error) })
    }
  }
  if (broken.length === 0) return undefined
  throw new AppError(
    'run/damaged',
    `No checkpoint in ${folder} can be used: ${broken.map(({ name, reason }) => `${name}: ${reason}`).join('; ')}`,
    'Copy the folder back from a backup, or train again from the weights of the run.',
  )
}

async function readFiles(folder: string): Promise<Record<string, Buffer>> {
  const hashes = parseHashes((await readBounded(join(folder, MANIFEST), MOST_MANIFEST)).toString('utf8'))
  const files: Record<string, Buffer> = {}
  for (const [name, hash] of Object.entries(hashes)) {
    const bytes = await readBounded(join(folder, name), MOST_FILE)
    if (sha256([bytes]) !== hash) throw new Error(`${name} is not as it was written, its ${bytes.length} bytes differ.`)
    files[name] = bytes
  }
  return files
}

/** Names of files that stay inside the folder, each with its hash. */
function parseHashes(text: string): Record<string, string> {
  const damaged = new Error(`${MANIFEST} is damaged.`)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    throw damaged
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw damaged
  const entries = Object.entries(value)
  if (entries.length === 0 || entries.some(([name]) => !/^[a-z][a-z0-9-]*\.[a-z]+$/.test(name))) throw damaged
  return value as Record<string, string>
}

/** Checkpoints of a folder, newest first. */
async function namesIn(folder: string, fs: CheckpointFs): Promise<readonly string[]> {
  const names = await fs.readdir(folder).catch((error: unknown) => {
    // A folder that cannot be read is not one without checkpoints.
    if (systemCode(error) === 'ENOENT') return []
    throw readError(error, folder)
  })
  return names.filter((name) => NAME.test(name)).sort((a, b) => stepOf(b) - stepOf(a) || repeatOf(b) - repeatOf(a))
}

function stepOf(name: string): number {
  return Number(NAME.exec(name)?.[1])
}

function repeatOf(name: string): number {
  return Number(NAME.exec(name)?.[2] ?? 1)
}

function sha256(parts: readonly Uint8Array[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}
