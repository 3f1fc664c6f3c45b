/** How one number is stored: NumPy's letter and size in bytes; `b1` is a truth value. */
export type ElementType = 'u1' | 'i1' | 'b1' | 'u2' | 'i2' | 'u4' | 'i4' | 'u8' | 'i8' | 'f2' | 'f4' | 'f8'

/** Numbers in row-major order. */
export interface NumberArray {
  readonly shape: readonly number[]
  readonly type: ElementType
  readonly data: Numbers
}

export type Numbers =
  Uint8Array | Int8Array | Uint16Array | Int16Array | Uint32Array | Int32Array | Float32Array | Float64Array

/** Bytes of one number. */
export function bytesOf(type: ElementType): number {
  return Number(type[1])
}

/** Product of extents; NaN beyond 2⁵³, where whole numbers are no longer exact. */
export function product(shape: readonly number[]): number {
  const n = shape.reduce((a, b) => a * b, 1)
  return Number.isSafeInteger(n) ? n : NaN
}

/** Numbers in `bytes`, whose length is a multiple of the element's; 64-bit integers become doubles, halves become floats. */
export function decodeNumbers(bytes: Uint8Array, type: ElementType, bigEndian: boolean): Numbers {
  if (type === 'u1' || type === 'b1') return new Uint8Array(bytes)
  // A copy: it is aligned, and its bytes may be swapped.
  const copy = Buffer.from(new Uint8Array(bytes).buffer)
  const size = bytesOf(type)
  if (bigEndian && size === 2) copy.swap16()
  if (bigEndian && size === 4) copy.swap32()
  if (bigEndian && size === 8) copy.swap64()
  return VIEWS[type](copy.buffer)
}

const VIEWS: Readonly<Record<Exclude<ElementType, 'u1' | 'b1'>, (buffer: ArrayBufferLike) => Numbers>> = {
  i1: (b) => new Int8Array(b),
  u2: (b) => new Uint16Array(b),
  i2: (b) => new Int16Array(b),
  u4: (b) => new Uint32Array(b),
  i4: (b) => new Int32Array(b),
  u8: (b) => Float64Array.from(new BigUint64Array(b), Number),
  i8: (b) => Float64Array.from(new BigInt64Array(b), Number),
  f2: (b) => Float32Array.from(new Uint16Array(b), halfToFloat),
  f4: (b) => new Float32Array(b),
  f8: (b) => new Float64Array(b),
}

/** Value of an IEEE 754 half: 1 sign bit, 5 exponent bits (bias 15), 10 fraction bits. */
export function halfToFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const fraction = bits & 1023
  if (exponent === 0) return sign * fraction * 2 ** -24
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15)
}
