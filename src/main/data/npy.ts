import { AppError } from '../../shared/errors.js'
import { bytesOf, decodeNumbers, product, type ElementType, type NumberArray, type Numbers } from './numbers.js'

const MAGIC = Buffer.from('\x93NUMPY', 'latin1')
const TYPES: readonly string[] = ['u1', 'i1', 'b1', 'u2', 'i2', 'u4', 'i4', 'u8', 'i8', 'f2', 'f4', 'f8']
const MOST_HEADER = 65_536
const MOST_DIMENSIONS = 8

/**
 * The array in the bytes of a `.npy` file (NumPy, NEP 1). The header is read by a fixed grammar and never evaluated; objects
 * and records are refused, because reading them could run code. Fortran order is turned to row-major.
 */
export function parseNpy(bytes: Buffer, file: string): NumberArray {
  const { text, start } = headerOf(bytes, file)
  const { type, bigEndian, fortran, shape } = parseHeader(text, file)
  const needed = product(shape) * bytesOf(type)
  const present = bytes.length - start
  if (!(needed <= present)) {
    const message = `${file} is cut off: ${shape.join('x')} values need ${needed} bytes, but ${present} are there.`
    throw new AppError('data/truncated', message, 'Write or copy the file again.')
  }
  if (needed < present) {
    throw unreadable(file, `${shape.join('x')} values need ${needed} bytes, but ${present} are there`)
  }
  const data = decodeNumbers(bytes.subarray(start), type, bigEndian)
  return { type, shape, data: fortran ? rowMajor(data, shape) : data }
}

function headerOf(bytes: Buffer, file: string): { text: string; start: number } {
  if (bytes.length < 12 || !bytes.subarray(0, 6).equals(MAGIC)) throw unreadable(file, 'it is not a NumPy array')
  const version = bytes[6] as number
  if (version < 1 || version > 3) throw unreadable(file, `its version ${version} is not known`)
  const [length, begin] = version === 1 ? [bytes.readUInt16LE(8), 10] : [bytes.readUInt32LE(8), 12]
  const start = begin + length
  if (length > MOST_HEADER || start > bytes.length) {
    throw unreadable(file, `it announces a header of ${length} bytes, but has ${bytes.length}`)
  }
  return { text: bytes.toString('latin1', begin, start), start }
}

interface NpyHeader {
  readonly type: ElementType
  readonly bigEndian: boolean
  readonly fortran: boolean
  readonly shape: readonly number[]
}

const ENTRY =
  /\s*(['"])(descr|fortran_order|shape)\1\s*:\s*((['"])([^'"]*)\4|True|False|\(([\d\s,]*)\)|\[)\s*(,|(?=\}))/y

/** `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`: these three keys, once each, in any order. */
function parseHeader(text: string, file: string): NpyHeader {
  const values = new Map<string, string>()
  const open = /^\s*\{/.exec(text)
  ENTRY.lastIndex = open?.[0].length ?? 0
  for (let end = ENTRY.lastIndex; open; end = ENTRY.lastIndex) {
    const entry = ENTRY.exec(text)
    if (!entry) {
      if (!/^\s*\}\s*$/.test(text.slice(end))) break
      return readHeader(values, file)
    }
    if (values.has(entry[2] as string)) break
    values.set(entry[2] as string, entry[5] ?? entry[6] ?? (entry[3] as string))
  }
  if (/descr['"]\s*:\s*\[/.test(text)) throw unreadable(file, 'it holds records, and only plain numbers are read')
  throw unreadable(file, 'its header is not one that NumPy writes')
}

function readHeader(values: ReadonlyMap<string, string>, file: string): NpyHeader {
  const descr = values.get('descr') ?? ''
  const order = values.get('fortran_order')
  const dimensions = values.get('shape')?.match(/\d+/g)?.map(Number) ?? []
  const parts = /^([<>|=])([a-zA-Z]\d)$/.exec(descr)
  if (/^[<>|=]?O/.test(descr)) throw unreadable(file, 'it holds Python objects, and only plain numbers are read')
  if (!parts || !TYPES.includes(parts[2] as string))
    throw unreadable(file, `it holds ${descr || 'no type'}, which is not read`)
  if (!values.has('shape') || (order !== 'True' && order !== 'False') || dimensions.length > MOST_DIMENSIONS) {
    throw unreadable(file, 'its header is not one that NumPy writes')
  }
  return { type: parts[2] as ElementType, bigEndian: parts[1] === '>', fortran: order === 'True', shape: dimensions }
}

/** Fortran order (first index fastest) to row-major (last index fastest). */
function rowMajor(data: Numbers, shape: readonly number[]): Numbers {
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((a, b) => a * b, 1))
  const out = data.slice()
  const index = shape.map(() => 0)
  let from = 0
  for (let to = 0; to < out.length; to++) {
    out[to] = data[from] as number
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      const stride = strides[axis] as number
      index[axis] = (index[axis] as number) + 1
      from += stride
      if ((index[axis] as number) < (shape[axis] as number)) break
      from -= stride * (shape[axis] as number)
      index[axis] = 0
    }
  }
  return out
}

function unreadable(file: string, what: string): AppError {
  return new AppError('data/unreadable', `${file}: ${what}.`, 'Save plain numbers with numpy.save or numpy.savez.')
}
