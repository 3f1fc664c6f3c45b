import { expect, it } from 'vitest'
import {
  choice,
  defaultsOf,
  extent,
  flag,
  int,
  number,
  hasMeaning,
  onlyWhen,
  readField,
  sides,
  size,
  type Field,
} from '../../../src/shared/layers/fields.js'

const fields = {
  filters: int('Channels.', 64),
  rate: number('Share.', 0.5, { min: 0, max: 0.99 }),
  kernel: size('Window.', 3),
  padding: choice('Border.', 'same', 'valid'),
  bias: flag('Offset.', true),
  height: extent('Height.', 32),
  pads: sides('Pixels.', 1, { max: 9 }),
}

it('has defaults', () => {
  expect(defaultsOf(fields)).toEqual({
    filters: 64,
    rate: 0.5,
    kernel: [3, 3],
    padding: 'same',
    bias: true,
    height: 32,
    pads: [1, 1, 1, 1],
  })
})

it('reads what is meant, at the limits too, and says what is wrong otherwise', () => {
  const cases: readonly (readonly [Field, unknown, unknown])[] = [
    [fields.filters, undefined, { value: 64 }],
    [fields.filters, 1, { value: 1 }],
    [fields.filters, 65_536, { value: 65_536 }],
    [fields.filters, 0, { problem: 'must be 1 to 65536, not 0' }],
    [fields.filters, 65_537, { problem: 'must be 1 to 65536, not 65537' }],
    [fields.filters, 1.5, { problem: 'must be a whole number, not 1.5' }],
    [fields.filters, NaN, { problem: 'must be a number, not null' }],
    [fields.filters, '8', { problem: 'must be a number, not "8"' }],
    [fields.rate, 0.99, { value: 0.99 }],
    [fields.rate, 1, { problem: 'must be 0 to 0.99, not 1' }],
    [fields.kernel, 5, { value: [5, 5] }],
    [fields.kernel, [1, 7], { value: [1, 7] }],
    [fields.kernel, [1], { problem: 'must be a height and a width, not [1]' }],
    [fields.kernel, [1, 0], { problem: 'must be 1 to 65536, not 0' }],
    [fields.padding, 'valid', { value: 'valid' }],
    [fields.padding, 'full', { problem: 'must be one of same, valid, not "full"' }],
    [fields.bias, false, { value: false }],
    [fields.bias, 0, { problem: 'must be true or false, not 0' }],
    [fields.height, null, { value: null }],
    [fields.pads, 2, { value: [2, 2, 2, 2] }],
    [fields.pads, [0, 1, 2, 9], { value: [0, 1, 2, 9] }],
    [fields.pads, [1, 2], { problem: 'must be top, bottom, left and right, not [1,2]' }],
    [fields.pads, [0, 0, 0, 10], { problem: 'must be 0 to 9, not 10' }],
    [fields.height, 0, { problem: 'must be 1 to 65536, not 0' }],
  ]
  expect(cases.map(([field, value]) => readField(field, value))).toEqual(cases.map(([, , read]) => read))
  console.log(`cases=${cases.length}`)
})

it('knows when a field has a meaning', () => {
  const field = onlyWhen(fields.pads, 'padding', 'explicit', 'mirrored')
  const having = ['same', 'explicit', 'mirrored', undefined].map((padding) => hasMeaning(field, { padding }))
  expect(having).toEqual([false, true, true, false])
  expect(hasMeaning(fields.pads, {})).toBe(true)
})
