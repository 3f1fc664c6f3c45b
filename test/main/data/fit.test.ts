import { describe, expect, it } from 'vitest'
import { fitNote, fitter, planOf } from '../../../src/main/data/fit.js'
import type { ImageShape } from '../../../src/main/data/dataset.js'

function fit(from: ImageShape, to: ImageShape, image: readonly number[]): number[] {
  const out = new Float32Array(1 + to[0] * to[1] * to[2])
  fitter(from, to)(Float32Array.from(image), out, 1)
  return [...out.subarray(1)]
}

describe('fitter', () => {
  it('pads what is up to a fifth smaller, and resizes the rest', () => {
    const cases = [
      [[28, 28, 1], [32, 32, 3], 'pad'],
      [[32, 32, 3], [32, 32, 3], 'same'],
      [[25, 25, 1], [32, 32, 3], 'resize'],
      [[26, 26, 1], [32, 32, 3], 'pad'],
      [[28, 25, 1], [32, 32, 3], 'resize'],
      [[33, 32, 1], [32, 32, 3], 'resize'],
    ] as const
    for (const [from, to, plan] of cases) expect([from, planOf(from, to)]).toEqual([from, plan])
  })

  it('puts a small image in the middle of black', () => {
    const image = Array.from({ length: 16 }, (_, i) => i + 1)
    const padded = fit([4, 4, 1], [5, 5, 1], image)
    expect(padded).toEqual([
      ...[1, 2, 3, 4, 0],
      ...[5, 6, 7, 8, 0],
      ...[9, 10, 11, 12, 0],
      ...[13, 14, 15, 16, 0],
      ...[0, 0, 0, 0, 0],
    ])
  })

  it('resizes bilinearly with pixel centres at halves, averaging where it shrinks', () => {
    expect(fit([1, 2, 1], [2, 4, 1], [0, 4])).toEqual([0, 1, 3, 4, 0, 1, 3, 4])
    // Computed by Pillow 13.0: Image.resize((4, 4), BILINEAR) of a 6x6 image of mode F with values i² mod 11.
    const squares = Array.from({ length: 36 }, (_, i) => (i * i) % 11)
    const pillow = [
      ...[1.6406, 4.8889, 5.7778, 2.4844],
      ...[3.1528, 6.7901, 3.9506, 1.8611],
      ...[5.8056, 5.7654, 2.1605, 2.0972],
      ...[6.6562, 3.4722, 1.4861, 3.3906],
    ]
    fit([6, 6, 1], [4, 4, 1], squares).forEach((value, i) => expect(value).toBeCloseTo(pillow[i] as number, 4))
  })

  it('keeps a plain colour plain and the aspect ratio', () => {
    for (const value of fit([7, 5, 3], [16, 9, 3], Array(105).fill(0.25))) expect(value).toBeCloseTo(0.25, 6)
    // 2x6 to 2x2: only the middle two columns are kept.
    expect(fit([2, 6, 1], [2, 2, 1], [9, 9, 1, 2, 9, 9, 9, 9, 3, 4, 9, 9])).toEqual([1, 2, 3, 4])
  })

  it('turns channels', () => {
    expect(fit([1, 2, 1], [1, 2, 3], [1, 2])).toEqual([1, 1, 1, 2, 2, 2])
    expect(fit([1, 1, 4], [1, 1, 3], [1, 2, 3, 4])).toEqual([1, 2, 3])
    expect(fit([1, 1, 3], [1, 1, 1], [1, 0, 0])[0]).toBeCloseTo(0.299, 6)
    expect(() => fitter([1, 1, 2], [1, 1, 3])).toThrow('The images have 2 channels, but the net takes 3.')
  })

  it('says in words what it does', () => {
    expect(fitNote([28, 28, 1], [32, 32, 3])).toBe(
      'Images: padded with black from 28x28 to 32x32, grey repeated to three channels.',
    )
    expect(fitNote([64, 48, 3], [32, 32, 3])).toBe('Images: resized from 64x48 to 32x32.')
    expect(fitNote([32, 32, 3], [32, 32, 1])).toBe('Images: 3 channels turned to 1.')
    expect(fitNote([32, 32, 3], [32, 32, 3])).toBe('')
  })
})
