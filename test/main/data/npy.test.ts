import { describe, expect, it } from 'vitest'
import { parseNpy } from '../../../src/main/data/npy.js'
import { halfToFloat } from '../../../src/main/data/numbers.js'
import { AppError } from '../../../src/shared/errors.js'
import { bytesNpy, mutated, npy, npyHeader } from './writers.js'

const view = (array: ArrayBufferView) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength)

describe('parseNpy', () => {
  it('reads every type in both byte orders', () => {
    const cases = [
      ['u1', Uint8Array.of(1, 255)],
      ['b1', Uint8Array.of(0, 1)],
      ['i1', Int8Array.of(-1, 2)],
      ['u2', Uint16Array.of(1, 65_535)],
      ['i2', Int16Array.of(-1, 300)],
      ['u4', Uint32Array.of(1, 4e9)],
      ['i4', Int32Array.of(-1, 70_000)],
      ['f4', Float32Array.of(0.5, -1e-20)],
      ['f8', Float64Array.of(0.1, -1e300)],
    ] as const
    for (const [type, data] of cases) {
      const little = Buffer.from(view(data))
      const size = Number(type[1])
      const big = Buffer.concat(
        Array.from({ length: 2 }, (_, i) => Buffer.from(little.subarray(i * size, (i + 1) * size)).reverse()),
      )
      for (const [order, bytes] of [
        ['<', little],
        ['>', big],
      ] as const) {
        expect(parseNpy(npy(npyHeader(order + type, [2]), bytes), 'a')).toEqual({ type, shape: [2], data })
      }
    }
    console.log(`cases=${2 * cases.length}`)
  })

  it('reads 64-bit integers and halves', () => {
    const long = BigInt64Array.of(-5n, 2n ** 40n)
    expect(parseNpy(npy(npyHeader('<i8', [2]), view(long)), 'a').data).toEqual(Float64Array.of(-5, 2 ** 40))
    const half = Uint16Array.of(0x3c00, 0xc000, 0x3555, 0x7c00)
    expect(parseNpy(npy(npyHeader('<f2', [4]), view(half)), 'a').data).toEqual(
      Float32Array.of(1, -2, 0.333251953125, Infinity),
    )
    expect([halfToFloat(1), halfToFloat(0x8000), halfToFloat(0x7c01)]).toEqual([2 ** -24, -0, NaN])
  })

  it('turns Fortran order to row-major', () => {
    const file = npy(npyHeader('|u1', [2, 3, 2], true), Uint8Array.from(Array(12).keys()))
    // numpy.arange(12, dtype='u1').reshape((2, 3, 2), order='F').ravel()
    expect(parseNpy(file, 'a').data).toEqual(Uint8Array.of(0, 6, 2, 8, 4, 10, 1, 7, 3, 9, 5, 11))
  })

  it('reads versions 2 and 3, other orders of keys and scalars', () => {
    const one = Uint8Array.of(7)
    for (const version of [1, 2, 3]) expect(parseNpy(npy(npyHeader('|u1', [1]), one, version), 'a').data).toEqual(one)
    const other = `{"shape": (), 'fortran_order': False, 'descr': '|u1'}   `
    expect(parseNpy(npy(other, one), 'a')).toEqual({ type: 'u1', shape: [], data: one })
  })

  it('refuses objects, records, lies and anything that is no plain header', () => {
    const u1 = (shape: string) => `{'descr': '|u1', 'fortran_order': False, 'shape': ${shape}, }`
    const cases: readonly (readonly [Buffer, RegExp])[] = [
      [npy(npyHeader('|O', [1]), Buffer.alloc(8)), /Python objects/],
      [npy(`{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }`, Buffer.alloc(4)), /holds records/],
      [npy(npyHeader('<c8', [1]), Buffer.alloc(8)), /holds <c8/],
      [npy(npyHeader('<U4', [1]), Buffer.alloc(16)), /holds <U4/],
      [npy(u1('(3,)'), Buffer.alloc(2)), /3 values need 3 bytes, but 2 are there/],
      [npy(u1('(1,)'), Buffer.alloc(2)), /1 values need 1 bytes, but 2 are there/],
      [npy(u1('(4294967296, 4294967296)'), Buffer.alloc(2)), /cut off/],
      [npy(u1('(-1,)'), Buffer.alloc(2)), /not one that NumPy writes/],
      [npy(u1('__import__("os")'), Buffer.alloc(2)), /not one that NumPy writes/],
      [npy(`{'descr': '|u1', 'fortran_order': False, 'shape': (1,), 'more': True}`, Buffer.alloc(1)), /NumPy writes/],
      [npy(`{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (1,)}`, Buffer.alloc(1)), /NumPy writes/],
      [npy(`{'descr': '|u1', 'shape': (1,)}`, Buffer.alloc(1)), /NumPy writes/],
      [Buffer.from('PK\x03\x04 not a numpy file'), /not a NumPy array/],
      [npy(u1('(1,)'), Buffer.alloc(1), 9), /version 9/],
      [
        Buffer.concat([npy('', Buffer.alloc(0)).subarray(0, 8), Buffer.from([255, 255, 1, 1])]),
        /header of 65535 bytes/,
      ],
    ]
    for (const [bytes, message] of cases) {
      expect(() => parseNpy(bytes, 'a')).toThrow(message)
      expect(() => parseNpy(bytes, 'a')).toThrow(AppError)
    }
    console.log(`cases=${cases.length}`)
  })

  it('never fails otherwise than with its own error', () => {
    const seed = bytesNpy([2, 3], [1, 2, 3, 4, 5, 6])
    let refused = 0
    for (let n = 0; n < 1000; n++) {
      try {
        parseNpy(mutated(seed, n, 80), 'a')
      } catch (error) {
        expect(error).toBeInstanceOf(AppError)
        refused++
      }
    }
    expect(refused).toBeGreaterThan(500)
    console.log(`cases=1000 refused=${refused}`)
  })
})
