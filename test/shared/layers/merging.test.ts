import { expect, it } from 'vitest'
import type { Layer } from '../../../src/shared/layers/define.js'
import { defaultsOf } from '../../../src/shared/layers/fields.js'
import { layerOf } from '../../../src/shared/layers/index.js'
import type { Shape } from '../../../src/shared/layers/shapes.js'

function infer(type: string, inputs: readonly Shape[]) {
  const layer = layerOf(type) as Layer
  return layer.infer(defaultsOf(layer.params), inputs)
}

it('multiply spreads vectors and sides of length 1, whichever input they come in', () => {
  expect([
    infer('multiply', [[7, 6, 5], [5]]),
    infer('multiply', [[5], [7, 6, 5]]),
    infer('multiply', [
      [1, 1, 5],
      [7, 6, 1],
      [7, 1, 5],
    ]),
    infer('multiply', [[null, null, 5], [5]]),
    infer('multiply', [[5], [1]]),
    infer('multiply', [
      [1, 1, 1],
      [1, 1, 1],
    ]),
  ]).toEqual([[7, 6, 5], [7, 6, 5], [7, 6, 5], [null, null, 5], [5], [1, 1, 1]])
})

it('merges say which input does not fit', () => {
  const hint =
    'Multiply needs equal shapes, or 1 in place of a height, width or channels; a vector needs one value per channel.'
  const mismatch = (input: number, message: string) => ({ code: 'shape/mismatch', message, hint, input })
  expect([
    infer('multiply', [[7, 6, 5], [4]]),
    infer('multiply', [
      [1, 1, 5],
      [7, 6, 5],
      [7, 7, 5],
    ]),
    infer('multiply', [
      [null, null, 5],
      [4, 4, 5],
    ]),
    infer('subtract', [[3], [3], [3]]),
  ]).toEqual([
    mismatch(1, 'Input 2 is 4, which does not spread to 7x6x5.'),
    mismatch(2, 'Input 3 is 7x7x5, which does not spread to 7x6x5.'),
    mismatch(1, 'Input 2 is 4x4x5, which does not spread to anyxanyx5.'),
    {
      code: 'shape/inputs',
      message: 'Subtract gets 3 inputs, but takes one from one other.',
      hint: 'Add up what is to be taken away first, or use another Subtract for it.',
      input: 2,
    },
  ])
})
