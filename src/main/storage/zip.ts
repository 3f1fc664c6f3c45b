import { crc32 } from 'node:zlib'
import { openPromise, type Entry, type ZipFile } from 'yauzl'
import { AppError } from '../../shared/errors.js'
import { readError, systemCode } from './disk-error.js'

const MOST_ENTRIES = 4096
const MOST_TOTAL = 8 * 2 ** 30
const MOST_ENTRY = 4 * 2 ** 30
const MOST_RATIO = 100
/** Below this size a high compression ratio is harmless. */
const FREE_SIZE = 16 * 2 ** 20

export interface ZipContent {
  /** Names of all entries. */
  readonly names: readonly string[]
  /** Bytes of the wanted entries. */
  readonly entries: ReadonlyMap<string, Buffer>
}

/**
 * Read the wanted entries of a zip file into memory; sizes, ratios and checksums are checked, nothing is written.
 * `file/not-found`, `data/unreadable`.
 */
export async function readZip(path: string, wanted: (name: string) => boolean): Promise<ZipContent> {
  const zip = await openPromise(path, { lazyEntries: true, strictFileNames: true }).catch((error: unknown) => {
    throw systemCode(error) ? readError(error, path) : unreadable(path, messageOf(error))
  })
  try {
    const found = await checkedEntries(zip, path)
    const entries = new Map<string, Buffer>()
    for (const entry of found)
      if (wanted(entry.fileName)) entries.set(entry.fileName, await readEntry(zip, entry, path))
    return { names: found.map((entry) => entry.fileName), entries }
  } catch (error) {
    throw error instanceof AppError ? error : unreadable(path, messageOf(error))
  } finally {
    zip.close()
  }
}

async function checkedEntries(zip: ZipFile, path: string): Promise<readonly Entry[]> {
  if (zip.entryCount > MOST_ENTRIES)
    throw unreadable(path, `it has ${zip.entryCount} entries, at most ${MOST_ENTRIES} are read`)
  zip.autoClose = false
  const entries: Entry[] = []
  const names = new Set<string>()
  let total = 0
  for await (const entry of zip.eachEntry()) {
    const { fileName, uncompressedSize, compressedSize } = entry
    total += uncompressedSize
    if (names.has(fileName)) throw unreadable(path, `it has two entries named "${fileName}"`)
    if (uncompressedSize > MOST_ENTRY || total > MOST_TOTAL)
      throw unreadable(path, `it announces ${total} bytes or more`)
    if (uncompressedSize > FREE_SIZE && uncompressedSize > MOST_RATIO * compressedSize) {
      throw unreadable(path, `"${fileName}" announces ${uncompressedSize} bytes in ${compressedSize} compressed ones`)
    }
    names.add(fileName)
    entries.push(entry)
  }
  return entries
}

async function readEntry(zip: ZipFile, entry: Entry, path: string): Promise<Buffer> {
  if (!entry.canDecodeFileData()) {
    throw unreadable(path, `"${entry.fileName}" is encrypted or compressed in a way that is not read`)
  }
  // Opened first: that checks the announced size of the compressed bytes against the file, before memory is taken.
  const stream = await zip.openReadStreamPromise(entry)
  const bytes = Buffer.allocUnsafe(entry.uncompressedSize)
  let done = 0
  // The library ends the stream with an error as soon as more or fewer bytes come than were announced.
  for await (const chunk of stream) done += (chunk as Buffer).copy(bytes, done)
  if (crc32(bytes) !== entry.crc32) throw unreadable(path, `the checksum of "${entry.fileName}" is wrong`)
  return bytes
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

function unreadable(path: string, what: string): AppError {
  return new AppError(
    'data/unreadable',
    `${path} is not a readable zip file: ${what}.`,
    'Write or copy the file again.',
  )
}
