import { describe, expect, it } from 'vitest'
import { paddingAlong, samePadding, slideWindow, windowCount, windowText } from '../../../src/shared/layers/geometry.js'
import { conv2d } from '../../../src/shared/layers/conv2d.js'
import { averagePool } from '../../../src/shared/layers/pooling/average-pool.js'
import { maxPool } from '../../../src/shared/layers/pooling/max-pool.js'
import { defaultsOf } from '../../../src/shared/layers/fields.js'

describe('windows', () => {
  it('counts as TensorFlow does', () => {
    const cases = [
      [224, 7, 2, 'same', 112],
      [224, 7, 2, 'valid', 109],
      [112, 3, 2, 'same', 56],
      [7, 2, 2, 'same', 4],
      [7, 2, 2, 'valid', 3],
      [5, 5, 3, 'valid', 1],
      [1, 3, 2, 'same', 1],
      [6, 1, 4, 'same', 2],
    ] as const
    expect(cases.map(([size, kernel, stride, padding]) => windowCount(size, kernel, stride, padding))).toEqual(
      cases.map(([, , , , count]) => count),
    )
  })

  it('pads the odd row or column after', () => {
    expect([samePadding(224, 7, 2), samePadding(5, 3, 1), samePadding(5, 2, 1), samePadding(6, 1, 4)]).toEqual([
      [2, 3],
      [1, 1],
      [0, 1],
      [0, 0],
    ])
  })

  it('fills the last window exactly, whatever the sizes', () => {
    let cases = 0
    for (let size = 1; size <= 20; size++) {
      for (let kernel = 1; kernel <= 7; kernel++) {
        for (let stride = 1; stride <= 5; stride++, cases++) {
          const [before, after] = samePadding(size, kernel, stride)
          const count = windowCount(size, kernel, stride, 'same')
          const needed = (count - 1) * stride + kernel
          expect(before + after).toBe(Math.max(needed - size, 0))
          expect(after - before === 0 || after - before === 1).toBe(true)
        }
      }
    }
    console.log(`cases=${cases}`)
  })

  it('keeps open sizes open and says what does not fit', () => {
    const window = { kernel: [5, 5], stride: [2, 2], padding: 'valid' } as const
    expect(slideWindow('Max pool', [null, 9, 3], window)).toEqual([null, 3, 3])
    expect(slideWindow('Max pool', [4, 9, 3], window)).toEqual({
      code: 'shape/too-small',
      message: 'The 5x5 window does not fit into the 4x9 image.',
      hint: 'Use padding same, a smaller kernel or a larger input, or fewer strides before this layer.',
      input: 0,
    })
    expect(slideWindow('Conv 2D', [9, 11, 3], { ...window, stride: [1, 1], dilation: [2, 2] })).toEqual([1, 3, 3])
    expect(slideWindow('Conv 2D', [9, 11, 3], { ...window, dilation: [3, 2] })).toMatchObject({
      code: 'shape/too-small',
      message: 'The 5x5 window dilated to 13x9 does not fit into the 9x11 image.',
    })
    expect(slideWindow('Max pool', [10], window)).toEqual({
      code: 'shape/rank',
      message: 'Max pool gets a vector of 10 units, but works on images.',
      hint: 'Move it in front of the flatten, global pooling or dense layer that makes the vector.',
      input: 0,
    })
  })

  it('is written short', () => {
    expect(windowText({ kernel: [3, 3], stride: [1, 1], padding: 'same' })).toBe('3x3, same')
    expect(windowText({ kernel: [7, 3], stride: [2, 1], padding: 'valid' })).toBe('7x3 / 2x1, valid')
    const dilated = { kernel: [3, 3], stride: [1, 1], padding: 'same' } as const
    expect(windowText({ ...dilated, dilation: [2, 2] })).toBe('3x3, same, dilated 2')
    expect(windowText({ ...dilated, dilation: [1, 4] })).toBe('3x3, same, dilated 1x4')
  })
})

/** Windows that PyTorch makes along one side, its documented formula. */
function torchCount(size: number, kernel: number, stride: number, padding: number, ceil: boolean): number {
  const steps = (size + 2 * padding - kernel) / stride
  const count = (ceil ? Math.ceil(steps) : Math.floor(steps)) + 1
  return ceil && (count - 1) * stride >= size + padding ? count - 1 : count
}

describe('explicit padding', () => {
  const window = { kernel: [3, 3], stride: [2, 2], padding: 'explicit', pads: [1, 0, 2, 1] } as const

  it('counts as PyTorch does, rounded up too, and pads what the last window reaches beyond', () => {
    let cases = 0
    for (let size = 1; size <= 12; size++) {
      for (let kernel = 1; kernel <= 4; kernel++) {
        for (let stride = 1; stride <= 5; stride++) {
          for (let pad = 0; pad <= kernel / 2; pad++) {
            for (const ceil of [false, true]) {
              const count = torchCount(size, kernel, stride, pad, ceil)
              if (count < 1) continue
              const pads = [pad, pad, pad, pad] as const
              const given = {
                kernel: [kernel, kernel],
                stride: [stride, stride],
                padding: 'explicit',
                pads,
                ceil,
              } as const
              expect({ given, size, out: slideWindow('Pool', [size, size, 1], given) }).toEqual({
                given,
                size,
                out: [count, count, 1],
              })
              const [before, after] = paddingAlong(given, 0, size)
              expect(Math.floor((size + before + after - kernel) / stride) + 1).toBe(count)
              expect([before, after < kernel]).toEqual([pad, true])
              cases++
            }
          }
        }
      }
    }
    console.log(`cases=${cases}`)
  })

  it('keeps open sizes open, is written short, and says where it hides the image', () => {
    expect(slideWindow('Conv 2D', [null, 6, 3], window)).toEqual([null, 4, 3])
    expect(windowText(window)).toBe('3x3 / 2, padded 1 0 2 1')
    expect(windowText({ ...window, pads: [1, 1, 1, 1], ceil: true })).toBe('3x3 / 2, padded 1, up')
    expect(slideWindow('Conv 2D', [9, 9, 3], { ...window, pads: [1, 1, 3, 1] })).toEqual({
      code: 'shape/padding',
      message: 'Padding of 3 px hides the image from the 3x3 window, which reaches 3 px.',
      hint: 'Pad at most 2 px here, or put a zero padding layer in front.',
    })
  })

  it('is spelled in PyTorch and Keras as they can', () => {
    const p = { ...defaultsOf(conv2d.params), filters: 4, ...window }
    expect(conv2d.pytorch(p, [[8, 8, 3]])).toEqual([
      'nn.Sequential',
      ['nn.ZeroPad2d', [2, 1, 1, 0]],
      ['nn.Conv2d', 3, 4, { kernel_size: [3, 3], stride: [2, 2], padding: [0, 0], bias: true }],
    ])
    expect(conv2d.keras(p, [[8, 8, 3]])).toEqual([
      [
        'ZeroPadding2D',
        {
          padding: [
            [1, 0],
            [2, 1],
          ],
        },
      ],
      ['Conv2D', { filters: 4, kernel_size: [3, 3], strides: [2, 2], padding: 'valid', use_bias: true }],
    ])
    const pool = { ...defaultsOf(maxPool.params), ...window, pads: [1, 1, 1, 1], ceil: true }
    expect(maxPool.pytorch(pool, [[8, 8, 3]])).toEqual([
      'nn.MaxPool2d',
      { kernel_size: [3, 3], stride: [2, 2], padding: [1, 1], ceil_mode: true },
    ])
    const average = { ...defaultsOf(averagePool.params), ...window, ceil: true, count_padding: true }
    expect([averagePool.pytorch(average, [[8, 8, 3]]), averagePool.keras(average, [[8, 8, 3]])]).toEqual([
      undefined,
      undefined,
    ])
  })
})

describe('PyTorch spelling of padding same', () => {
  it('pads zeros in front of a convolution where its own padding cannot be uneven', () => {
    const params = { ...defaultsOf(conv2d.params), filters: 64, kernel: [7, 7], stride: [2, 2] }
    const conv = ['nn.Conv2d', 3, 64, { kernel_size: [7, 7], stride: [2, 2], padding: [0, 0], bias: true }]
    expect(conv2d.pytorch(params, [[224, 224, 3]])).toEqual(['nn.Sequential', ['nn.ZeroPad2d', [2, 3, 2, 3]], conv])
    expect(conv2d.pytorch({ ...params, stride: [1, 1] }, [[8, 8, 3]])).toEqual([
      'nn.Conv2d',
      3,
      64,
      { kernel_size: [7, 7], stride: [1, 1], padding: [3, 3], bias: true },
    ])
  })

  it('gives pools as many windows as TensorFlow', () => {
    let cases = 0
    for (const layer of [maxPool, averagePool]) {
      for (let size = 1; size <= 14; size++) {
        for (let kernel = 1; kernel <= 5; kernel++) {
          for (let stride = 1; stride <= 4; stride++, cases++) {
            const params = { kernel: [kernel, kernel], stride: [stride, stride], padding: 'same' }
            const spelled = layer.pytorch(params, [[size, size, 2]])!
            const isCropped = spelled[0] === 'nn.Sequential'
            const pool = (isCropped ? spelled[1] : spelled) as readonly [
              string,
              { padding: number[]; ceil_mode?: boolean },
            ]
            const { padding, ceil_mode = false } = pool[1]
            expect(padding[0]! * 2).toBeLessThanOrEqual(kernel)
            const count = torchCount(size, kernel, stride, padding[0]!, ceil_mode) - (isCropped ? 1 : 0)
            expect({ size, kernel, stride, count }).toEqual({ size, kernel, stride, count: Math.ceil(size / stride) })
          }
        }
      }
    }
    console.log(`cases=${cases}`)
  })
})
