import { expect, it } from 'vitest'
import { fromBase64, toBase64 } from '../../../src/renderer/panels/results/base64.js'
import { cellAt, mixUps, rowShares } from '../../../src/renderer/panels/results/confusion.js'
import { topClasses } from '../../../src/renderer/panels/results/top.js'
import { bytesWords, checkWords, differenceWords } from '../../../src/renderer/panels/export/words.js'
import { fitWords } from '../../../src/renderer/panels/data/fit-words.js'
import { below, parent } from '../../../src/renderer/panels/data/FileBrowser.js'
import { dataTitle } from '../../../src/renderer/panels/training/DataSelect.js'

const confusion = [
  [8, 2, 0],
  [0, 5, 5],
  [0, 0, 0],
]

it('finds the most frequent wrong answers and the share of their class', () => {
  expect(mixUps(confusion, 5)).toEqual([
    { truth: 1, answer: 2, count: 5, share: 0.5 },
    { truth: 0, answer: 1, count: 2, share: 0.2 },
  ])
  expect(mixUps(confusion, 1).length).toBe(1)
  expect(rowShares(confusion)).toEqual([
    [0.8, 0.2, 0],
    [0, 0.5, 0.5],
    [0, 0, 0],
  ])
})

it('finds the cell under a point', () => {
  expect([cellAt(0, 0, 90, 3), cellAt(89, 31, 90, 3), cellAt(90, 0, 90, 3), cellAt(5, -1, 90, 3)]).toEqual([
    [0, 0],
    [1, 2],
    undefined,
    undefined,
  ])
})

it('lists the most probable classes, equal ones in class order', () => {
  expect(topClasses([0.1, 0.4, 0.1, 0.4], 3)).toEqual([
    { index: 1, share: 0.4 },
    { index: 3, share: 0.4 },
    { index: 0, share: 0.1 },
  ])
})

it('takes bytes of any length through base64', () => {
  const sizes = [0, 1, 2, 3, 0x8000, 100_003]
  for (const size of sizes) {
    const bytes = Uint8Array.from({ length: size }, (_, i) => (i * 31) % 256)
    expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'))
    expect(fromBase64(toBase64(bytes))).toEqual(bytes)
  }
  console.log(`cases=${sizes.length}`)
})

it('says how well an export agrees, and how large its files are', () => {
  const report = { format: 'onnx', path: '', files: [], heads: ['main'], dropped: [] } as const
  expect(checkWords({ ...report, judge: 'ONNX Runtime 1.30', images: 32, largestDifference: 2.98e-7 })).toBe(
    'Largest difference 3.0e\u22127 over 32 images, checked with ONNX Runtime 1.30.',
  )
  expect([differenceWords(0), differenceWords(0.25)]).toEqual(['0', '2.5e\u22121'])
  expect([812, 1200, 999_600, 24_000_000].map(bytesWords)).toEqual(['812 B', '1.2 kB', '1.0 MB', '24 MB'])
})

it('says how images are fitted to the net', () => {
  expect(fitWords([28, 28, 1], [32, 32, 3])).toBe(
    'Images are fitted from 28×28 to 32×32, grey repeated to three channels.',
  )
  expect(fitWords([32, 32, 3], [null, null, 1])).toBe('Images are colour turned to grey.')
  expect(fitWords([32, 32, 3], [32, 32, 3])).toBe('')
})

it('walks through folders and names data', () => {
  expect([below('', 'a'), below('a', 'b'), below('/', 'b'), parent('a/b'), parent('a')]).toEqual([
    'a',
    'a/b',
    '/b',
    'a',
    '',
  ])
  const sets = [{ spec: 'builtin:clothes', title: 'Clothes' }]
  expect(['builtin', 'builtin:clothes', 'photos/flowers/', 'x.npz'].map((spec) => dataTitle(spec, sets))).toEqual([
    'Clothes',
    'Clothes',
    'flowers',
    'x.npz',
  ])
})
