import { expect, it } from 'vitest'
import { compact, grouped, percent, withTimes, words } from '../../src/renderer/ui/format.js'
import { numberProblem } from '../../src/renderer/ui/NumberField.js'

it('writes numbers as the window shows them', () => {
  const values = [0, 842, 999, 1000, 163_696, 999_499, 999_500, 2_814_000, 15_470_264_320, 1.6e12]
  expect(values.map(compact)).toEqual(['0', '842', '999', '1 k', '164 k', '999 k', '1 M', '2.81 M', '15.5 G', '1.6 T'])
  expect([grouped(13_378_280), grouped(-5)]).toEqual(['13,378,280', '\u22125'])
  expect([0, 0.0004, 0.042, 0.52, 1].map(percent)).toEqual(['0 %', '< 0.1 %', '4.2 %', '52 %', '100 %'])
})

it('writes names and sizes as words', () => {
  expect(['learningRate', 'conv_3x3_reduce', 'bn', 'units'].map(words)).toEqual([
    'Learning rate',
    'Conv 3×3 reduce',
    'Batch norm',
    'Units',
  ])
  const texts = ['3x3 / 2, same', 'Input 2 is 112x112x8', 'anyxanyx3', 'mixed x1 axis', '2x']
  expect(texts.map(withTimes)).toEqual(['3×3 / 2, same', 'Input 2 is 112×112×8', 'any×any×3', 'mixed x1 axis', '2x'])
})

it('reads numbers as people type them', () => {
  const rules = { min: 0, max: 5000, integer: false }
  expect(['12', ' 1,024 ', '1e-3', '0.5'].map((text) => numberProblem(text, rules))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ])
  expect(['', '1,5', 'ten', '-1', '\u22121', '6000'].map((text) => numberProblem(text, rules))).toEqual([
    'Must be a number.',
    'Must be a number.',
    'Must be a number.',
    'Must be 0 or more.',
    'Must be 0 or more.',
    'Must be 5,000 or less.',
  ])
})
