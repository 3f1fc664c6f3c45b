import { describe, expect, it } from 'vitest'
import { applyChange, changeOf, type Change } from '../../../src/main/data/augment.js'
import type { Part } from '../../../src/main/data/dataset.js'
import { batchOf, epochOrder, evaluationBatches, loadBatch, trainingBatches } from '../../../src/main/data/pipeline.js'
import { splitByClass } from '../../../src/main/data/split.js'

describe('the order of training', () => {
  it('is a permutation that only seed and epoch decide', () => {
    const first = epochOrder(1, 0, 1000, true)
    expect([...first].sort((a, b) => a - b)).toEqual([...Array(1000).keys()])
    expect(epochOrder(1, 0, 1000, true)).toEqual(first)
    for (const [seed, epoch] of [
      [1, 1],
      [2, 0],
      [0, 1],
    ] as const)
      expect(epochOrder(seed, epoch, 1000, true)).not.toEqual(first)
    expect([...epochOrder(1, 5, 4, false)]).toEqual([0, 1, 2, 3])
  })

  it('drops a short last batch, and takes a set smaller than one batch whole', () => {
    expect([trainingBatches(100, 32), trainingBatches(32, 32), trainingBatches(4, 32)]).toEqual([3, 1, 1])
    const order = epochOrder(1, 0, 100, false)
    expect([...batchOf(order, 32, 2)]).toEqual(Array.from({ length: 32 }, (_, i) => 64 + i))
    expect([...batchOf(epochOrder(1, 0, 4, false), 32, 0)]).toEqual([0, 1, 2, 3])
  })

  it('evaluates every image once', () => {
    expect(evaluationBatches(7, 3).map((batch) => [...batch])).toEqual([[0, 1, 2], [3, 4, 5], [6]])
    expect(evaluationBatches(0, 3)).toEqual([])
  })
})

describe('loadBatch', () => {
  const part: Part = {
    count: 3,
    labels: Int32Array.of(5, 6, 7),
    read: (index, out, offset) => void out.fill(index + 1, offset, offset + 4),
  }

  it('puts images and labels in the order asked for', async () => {
    expect(await loadBatch(part, Int32Array.of(2, 0), [2, 2, 1])).toEqual({
      images: Float32Array.of(3, 3, 3, 3, 1, 1, 1, 1),
      labels: Int32Array.of(7, 5),
    })
  })

  it('changes each image as its own number and the epoch decide, wherever it stands in the batch', async () => {
    const noise: Part = {
      count: 8,
      labels: new Int32Array(8),
      read: (index, out, offset) =>
        void [...Array(256).keys()].forEach((i) => (out[offset + i] = 1 + ((index * 31 + i * i) % 97))),
    }
    const shape = [16, 16, 1] as const
    const one = await loadBatch(noise, Int32Array.of(3), shape, { seed: 1, epoch: 2 })
    const many = await loadBatch(noise, Int32Array.of(0, 3, 5), shape, { seed: 1, epoch: 2 })
    expect(many.images.subarray(256, 512)).toEqual(one.images)
    const later = await loadBatch(noise, Int32Array.of(3), shape, { seed: 1, epoch: 3 })
    expect(later.images).not.toEqual(one.images)
  })
})

describe('augmentation', () => {
  const IMAGE = [1, 2, 3, 4, 5, 6, 7, 8, 9]
  const changed = (change: Change) => {
    const images = Float32Array.from([0, ...IMAGE, 0])
    applyChange(images, 1, [3, 3, 1], change)
    expect([images[0], images[10]]).toEqual([0, 0])
    return [...images.subarray(1, 10)]
  }

  it('mirrors and moves, black coming in', () => {
    expect(changed({ flip: false, down: 0, right: 0 })).toEqual(IMAGE)
    expect(changed({ flip: true, down: 0, right: 0 })).toEqual([3, 2, 1, 6, 5, 4, 9, 8, 7])
    expect(changed({ flip: false, down: 1, right: 0 })).toEqual([0, 0, 0, 1, 2, 3, 4, 5, 6])
    expect(changed({ flip: false, down: -1, right: -1 })).toEqual([5, 6, 0, 8, 9, 0, 0, 0, 0])
    expect(changed({ flip: true, down: 0, right: 1 })).toEqual([0, 3, 2, 0, 6, 5, 0, 9, 8])
  })

  it('is spread evenly over all moves of an eighth and both sides', () => {
    const flips = [0, 0]
    const moves = new Map<number, number>()
    for (let image = 0; image < 9000; image++) {
      const { flip, down, right } = changeOf(7, 3, image, [32, 32, 3])
      flips[Number(flip)] = (flips[Number(flip)] ?? 0) + 1
      for (const move of [down, right]) moves.set(move, (moves.get(move) ?? 0) + 1)
    }
    expect([...moves.keys()].sort((a, b) => a - b)).toEqual([-4, -3, -2, -1, 0, 1, 2, 3, 4])
    for (const count of moves.values()) expect(Math.abs(count - 2000)).toBeLessThan(200)
    for (const count of flips) expect(Math.abs(count - 4500)).toBeLessThan(250)
    expect(Math.max(...Array.from({ length: 500 }, (_, i) => changeOf(1, 1, i, [64, 32, 3]).down))).toBe(8)
    console.log('cases=9000')
  })
})

describe('splitByClass', () => {
  it('keeps the same share of each class, in the order of the data, as the seed decides', () => {
    const labels = Int32Array.from({ length: 1000 }, (_, i) => (i % 10 < 7 ? 0 : 1))
    const { train, validation } = splitByClass(labels, 0.1, 1)
    const ofClass = (part: Int32Array, label: number) => part.filter((i) => labels[i] === label).length
    expect([ofClass(validation, 0), ofClass(validation, 1), ofClass(train, 0)]).toEqual([70, 30, 630])
    expect([...train, ...validation].sort((a, b) => a - b)).toEqual([...Array(1000).keys()])
    expect([...validation]).toEqual([...validation].sort((a, b) => a - b))
    expect(splitByClass(labels, 0.1, 1)).toEqual({ train, validation })
    expect(splitByClass(labels, 0.1, 2).validation).not.toEqual(validation)
  })

  it('leaves small sets whole', () => {
    const { train, validation } = splitByClass(Int32Array.of(0, 1, 2, 1), 0.1, 1)
    expect([[...train], [...validation]]).toEqual([[0, 1, 2, 3], []])
    expect(splitByClass(new Int32Array(100), 0.29, 1).validation.length).toBe(29)
  })
})
