import { mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { crc32, deflateRawSync } from 'node:zlib'
import { hash } from '../../../src/shared/random.js'

/** A new folder with these files; names may have slashes. */
export async function folderOf(files: Readonly<Record<string, Uint8Array | string>>): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'data-'))
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, name)), { recursive: true })
    await writeFile(join(root, name), content)
  }
  return root
}

/** An IDX file of bytes. */
export function idx(shape: readonly number[], values: ArrayLike<number>): Buffer {
  return Buffer.concat([idxHeader(8, shape), Buffer.from(Array.from(values))])
}

export function idxHeader(type: number, shape: readonly number[]): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length)
  header.writeUInt32BE((type << 8) + shape.length)
  shape.forEach((extent, i) => header.writeUInt32BE(extent, 4 + 4 * i))
  return header
}

/** A `.npy` file with this header text and values; version 1 unless told otherwise. */
export function npy(header: string, values: Uint8Array, version = 1): Buffer {
  const text = Buffer.from(`${header}\n`, 'latin1')
  const start = Buffer.from(
    version === 1 ? [0x93, 78, 85, 77, 80, 89, 1, 0, 0, 0] : [0x93, 78, 85, 77, 80, 89, version, 0, 0, 0, 0, 0],
  )
  if (version === 1) start.writeUInt16LE(text.length, 8)
  else start.writeUInt32LE(text.length, 8)
  return Buffer.concat([start, text, values])
}

export function npyHeader(descr: string, shape: readonly number[], fortran = false): string {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`
  return `{'descr': '${descr}', 'fortran_order': ${fortran ? 'True' : 'False'}, 'shape': ${tuple}, }`
}

export function bytesNpy(shape: readonly number[], values: ArrayLike<number>): Buffer {
  return npy(npyHeader('|u1', shape), Buffer.from(Array.from(values)))
}

interface ZipOptions {
  readonly deflate?: boolean
  /** Says another size than the entry has. */
  readonly announced?: number
}

/** A zip file of these entries. */
export function zip(
  entries: readonly (readonly [name: string, bytes: Uint8Array])[],
  options: ZipOptions = {},
): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const [name, bytes] of entries) {
    const stored = options.deflate ? deflateRawSync(bytes) : bytes
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    common.writeUInt16LE(options.deflate ? 8 : 0, 4)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(stored.length, 14)
    common.writeUInt32LE(options.announced ?? bytes.length, 18)
    common.writeUInt16LE(Buffer.byteLength(name), 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, Buffer.from(name), stored])
    const central = Buffer.alloc(14)
    central.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), common, central, Buffer.from(name)]))
    parts.push(local)
    offset += local.length
  }
  const size = directory.reduce((sum, part) => sum + part.length, 0)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(entries.length, 4)
  end.writeUInt16LE(entries.length, 6)
  end.writeUInt32LE(size, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...parts, ...directory, Buffer.from('PK\x05\x06'), end])
}

/** `bytes` with some bytes changed (rather near the start, where headers are) or the end cut off: a function of `n`. */
export function mutated(bytes: Buffer, n: number, header = 64): Buffer {
  const length = n % 3 === 0 ? hash(n, 0) % bytes.length : bytes.length
  const out = Buffer.from(bytes.subarray(0, length))
  for (let k = 0; k < 1 + (n % 4) && out.length > 0; k++) {
    const within = k % 2 === 0 ? Math.min(header, out.length) : out.length
    out[hash(n, 1, k) % within] = [0, 1, 127, 128, 255, hash(n, 2, k) & 255][hash(n, 3, k) % 6] as number
  }
  return out
}
