import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { TensorMap } from '../../../src/main/engine/executor.js'
import {
  checkFinite,
  encodeSafetensors,
  parseSafetensors,
  readSafetensors,
  writeSafetensors,
} from '../../../src/main/models/safetensors.js'
import { AppError } from '../../../src/shared/errors.js'
import { hash } from '../../../src/shared/random.js'

const TENSORS: TensorMap = new Map([
  ['stem/kernel', { shape: [3, 3, 1, 2], data: Float32Array.from({ length: 18 }, (_, i) => i / 7 - 1) }],
  ['stem/bias', { shape: [2], data: Float32Array.of(0.5, -0) }],
  ['scale', { shape: [], data: Float32Array.of(1e-30) }],
  ['empty', { shape: [0, 4], data: new Float32Array(0) }],
])

const bytesOf = (tensors: TensorMap, metadata = {}) => Buffer.concat(encodeSafetensors(tensors, metadata))

/** A file with this header and so many bytes of values. */
function file(header: unknown, values: number): Buffer {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(text.length))
  return Buffer.concat([length, text, Buffer.alloc(values)])
}

describe('safetensors', () => {
  it('gives back what was written, bit for bit', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'weights-')), 'w.safetensors')
    await writeSafetensors(path, TENSORS, { format: 'netwright' })
    const read = await readSafetensors(path)
    expect(read.metadata).toEqual({ format: 'netwright' })
    expect(new Map(read.tensors)).toEqual(TENSORS)
    expect(Object.is(read.tensors.get('stem/bias')?.data[1], -0)).toBe(true)
  })

  it('lays the file out as the format says: length, padded JSON, values in order of names', () => {
    const bytes = bytesOf(
      new Map([
        ['b', { shape: [1], data: Float32Array.of(2) }],
        ['a', { shape: [1], data: Float32Array.of(1) }],
      ]),
    )
    const length = Number(bytes.readBigUInt64LE(0))
    expect(length % 8).toBe(0)
    expect(JSON.parse(bytes.toString('utf8', 8, 8 + length))).toEqual({
      a: { dtype: 'F32', shape: [1], data_offsets: [0, 4] },
      b: { dtype: 'F32', shape: [1], data_offsets: [4, 8] },
    })
    expect([bytes.readFloatLE(8 + length), bytes.readFloatLE(12 + length)]).toEqual([1, 2])
  })

  it('refuses headers that lie', () => {
    const one = { dtype: 'F32', shape: [2], data_offsets: [0, 8] }
    const cases: readonly (readonly [Buffer, RegExp])[] = [
      [Buffer.alloc(3), /has 3 bytes/],
      [Buffer.alloc(16, 255), /announces a header of/],
      [file('{', 0), /not JSON/],
      [file('[]', 0), /not a JSON object/],
      [file({ a: one }, 7), /promises 8 bytes of values, but 7/],
      [file({ a: one }, 9), /promises 8 bytes of values, but 9/],
      [file({ a: { ...one, shape: [3] } }, 8), /needs 12 bytes, but has 8/],
      [file({ a: { ...one, shape: [2 ** 31, 2 ** 31] } }, 8), /needs/],
      [file({ a: { ...one, shape: [-2] } }, 8), /shape of "a"/],
      [file({ a: { ...one, data_offsets: [8, 16] } }, 16), /begins at byte 8/],
      [file({ a: one, b: one }, 8), /"b" begins at byte 0/],
      [file({ a: { ...one, dtype: 'F16' } }, 8), /holds F16/],
      [file({ a: null }, 8), /not an object/],
    ]
    for (const [bytes, message] of cases) {
      expect(() => parseSafetensors(bytes, 'w')).toThrow(message)
      expect(() => parseSafetensors(bytes, 'w')).toThrow(AppError)
    }
    console.log(`cases=${cases.length}`)
  })

  it('never fails otherwise than with its own error, whatever bytes are changed or cut', () => {
    const whole = bytesOf(TENSORS)
    let refused = 0
    for (let n = 0; n < 600; n++) {
      const bytes = Buffer.from(whole.subarray(0, n % 3 === 0 ? hash(n, 0) % whole.length : whole.length))
      for (let k = 0; k < n % 4; k++)
        if (bytes.length > 0) bytes[hash(n, 1, k) % Math.min(bytes.length, 300)] = hash(n, 2, k)
      try {
        parseSafetensors(bytes, 'w')
      } catch (error) {
        expect(error).toBeInstanceOf(AppError)
        refused++
      }
    }
    expect(refused).toBeGreaterThan(200)
    console.log(`cases=600 refused=${refused}`)
  })

  it('names the value that is not finite', () => {
    const tensors = new Map([['a', { shape: [2], data: Float32Array.of(1, NaN) }]])
    expect(() => checkFinite({ tensors, metadata: {} }, 'w')).toThrow('value 1 of "a" is NaN')
    checkFinite({ tensors: TENSORS, metadata: {} }, 'w')
  })
})
