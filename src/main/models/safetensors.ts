import { AppError } from '../../shared/errors.js'
import { readBounded } from '../storage/bounded.js'
import { writeAtomic } from '../storage/atomic.js'
import type { HostTensor, TensorMap } from '../engine/executor.js'

/** What a `.safetensors` file holds: float32 tensors by name, and free words about them. */
export interface Weights {
  readonly tensors: TensorMap
  readonly metadata: Readonly<Record<string, string>>
}

const MOST_BYTES = 4 * 2 ** 30
const MOST_HEADER = 64 * 2 ** 20
const MOST_DIMENSIONS = 8

/** Read weights from a file; `file/not-found`, `weights/unreadable`. */
export async function readSafetensors(path: string): Promise<Weights> {
  return parseSafetensors(await readBounded(path, MOST_BYTES), path)
}

/** Write weights to a file, all or nothing; `disk/full`, `disk/failed`. */
export async function writeSafetensors(
  path: string,
  tensors: TensorMap,
  metadata: Readonly<Record<string, string>> = {},
): Promise<void> {
  await writeAtomic(path, encodeSafetensors(tensors, metadata))
}

/**
 * The bytes of a file: header length (u64, little endian), a JSON header padded with spaces to 8 bytes, then the values of the
 * tensors in order of their names. https://github.com/huggingface/safetensors, "Format".
 */
export function encodeSafetensors(
  tensors: TensorMap,
  metadata: Readonly<Record<string, string>> = {},
): readonly Uint8Array[] {
  const sorted = [...tensors].sort(([a], [b]) => (a < b ? -1 : 1))
  const header: Record<string, unknown> = Object.keys(metadata).length > 0 ? { __metadata__: metadata } : {}
  let end = 0
  for (const [name, { shape, data }] of sorted) {
    header[name] = { dtype: 'F32', shape, data_offsets: [end, end + data.byteLength] }
    end += data.byteLength
  }
  const json = JSON.stringify(header)
  const text = Buffer.from(json + ' '.repeat((8 - (Buffer.byteLength(json) % 8)) % 8))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(text.length))
  return [length, text, ...sorted.map(([, { data }]) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength))]
}

/** Weights in the bytes of a file; every offset is checked before it is used, and no byte may be left over. */
export function parseSafetensors(bytes: Buffer, file: string): Weights {
  const { header, start } = parseHeader(bytes, file)
  const metadata: Record<string, string> = {}
  const entries: Entry[] = []
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') Object.assign(metadata, textsOf(value))
    else entries.push(parseEntry(name, value, file))
  }
  entries.sort((a, b) => a.begin - b.begin || a.end - b.end)
  let expected = 0
  for (const { name, begin, end } of entries) {
    if (begin !== expected)
      throw unreadable(file, `"${name}" begins at byte ${begin} of the values, not at ${expected}`)
    expected = end
  }
  const present = bytes.length - start
  if (expected !== present) {
    throw unreadable(file, `its header promises ${expected} bytes of values, but ${present} are there`)
  }
  const tensors = new Map<string, HostTensor>()
  for (const { name, shape, begin, end } of entries) {
    // A copy: the values need not stand at a multiple of 4 bytes.
    const data = new Float32Array((end - begin) / 4)
    new Uint8Array(data.buffer).set(bytes.subarray(start + begin, start + end))
    tensors.set(name, { shape, data })
  }
  return { tensors, metadata }
}

/** Refuse weights with values that are not finite; `weights/unreadable` names the tensor. */
export function checkFinite({ tensors }: Weights, file: string): void {
  for (const [name, { data }] of tensors) {
    const at = data.findIndex((value) => !Number.isFinite(value))
    if (at >= 0) throw unreadable(file, `value ${at} of "${name}" is ${data[at]}`)
  }
}

interface Entry {
  readonly name: string
  readonly shape: readonly number[]
  readonly begin: number
  readonly end: number
}

function parseHeader(bytes: Buffer, file: string): { header: Record<string, unknown>; start: number } {
  if (bytes.length < 8) throw unreadable(file, `it has ${bytes.length} bytes, and the header alone needs 8`)
  const length = Number(bytes.readBigUInt64LE(0))
  if (length > MOST_HEADER || length > bytes.length - 8) {
    throw unreadable(file, `it has ${bytes.length} bytes, but announces a header of ${length}`)
  }
  let header: unknown
  try {
    header = JSON.parse(bytes.toString('utf8', 8, 8 + length))
  } catch {
    throw unreadable(file, 'its header is not JSON')
  }
  if (!isRecord(header)) throw unreadable(file, 'its header is not a JSON object')
  return { header, start: 8 + length }
}

function parseEntry(name: string, value: unknown, file: string): Entry {
  if (!isRecord(value)) throw unreadable(file, `the entry "${name}" is not an object`)
  const { dtype, shape, data_offsets: offsets } = value
  if (dtype !== 'F32') throw unreadable(file, `"${name}" holds ${String(dtype)}, and only F32 is read`)
  if (!isCounts(shape) || shape.length > MOST_DIMENSIONS) throw unreadable(file, `the shape of "${name}" is not valid`)
  if (!isCounts(offsets) || offsets.length !== 2) throw unreadable(file, `the offsets of "${name}" are not valid`)
  const [begin, end] = offsets as [number, number]
  const size = 4 * shape.reduce((product, extent) => product * extent, 1)
  if (!Number.isSafeInteger(size) || end - begin !== size) {
    throw unreadable(file, `"${name}" of shape ${shape.join('x')} needs ${size} bytes, but has ${end - begin}`)
  }
  return { name, shape, begin, end }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isCounts(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every((n) => Number.isSafeInteger(n) && n >= 0)
}

function textsOf(value: unknown): Record<string, string> {
  const pairs = isRecord(value) ? Object.entries(value) : []
  return Object.fromEntries(pairs.filter((pair): pair is [string, string] => typeof pair[1] === 'string'))
}

function unreadable(file: string, what: string): AppError {
  return new AppError('weights/unreadable', `${file}: ${what}.`, 'Choose a .safetensors file with float32 weights.')
}
