import { promisify } from 'node:util'
import { constants, gunzip } from 'node:zlib'
import { AppError } from '../../shared/errors.js'

const inflate = promisify(gunzip)

/** Deflate cannot shrink more than this (two bits for 258 equal bytes). */
const MOST_RATIO = 1032

/** True if the bytes are gzip, whatever the file is called. */
export function isGzip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b
}

/** About the first `count` bytes of gzip data (fewer if there are fewer), without inflating the rest. */
export async function inflateStart(bytes: Buffer, count: number, file: string): Promise<Buffer> {
  const start = bytes.subarray(0, 4096 + count)
  const cut = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: start.length * (MOST_RATIO + 1) }
  const inflated = await inflate(start, cut).catch(() => {
    throw damaged(file)
  })
  return inflated.subarray(0, count)
}

/** Gzip data that must inflate to exactly `size` bytes; never takes more memory than that. */
export async function inflateExactly(bytes: Buffer, size: number, file: string): Promise<Buffer> {
  if (size > bytes.length * MOST_RATIO + 1024)
    throw truncated(file, size, `${bytes.length} compressed bytes hold fewer`)
  let inflated: Buffer
  try {
    inflated = await inflate(bytes, { maxOutputLength: size })
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : ''
    if (code === 'Z_BUF_ERROR') throw truncated(file, size, 'its compressed data ends early')
    if (code !== 'ERR_BUFFER_TOO_LARGE') throw damaged(file)
    const message = `${file} holds more than the ${size} bytes that its header announces.`
    throw new AppError('data/unreadable', message, 'The header is damaged; fetch the file again.')
  }
  if (inflated.length < size) throw truncated(file, size, `it holds ${inflated.length}`)
  return inflated
}

function truncated(file: string, size: number, what: string): AppError {
  const message = `${file} is cut off: its header announces ${size} bytes, but ${what}.`
  return new AppError('data/truncated', message, 'Fetch or copy the file again.')
}

function damaged(file: string): AppError {
  return new AppError('data/unreadable', `${file} is damaged: it cannot be decompressed.`, 'Fetch the file again.')
}
