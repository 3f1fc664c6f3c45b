import { expect, it } from 'vitest'
import { openDataset } from '../../../src/main/data/open.js'
import { drawShape, SHAPE_CLASSES } from '../../../src/main/data/shapes.js'

it('draws each picture from its numbers alone, at any size', () => {
  expect(SHAPE_CLASSES).toHaveLength(10)
  const one = drawShape(1, 5, 24, 3)
  expect(one).toHaveLength(24 * 24 * 3)
  expect(drawShape(1, 5, 24, 3)).toEqual(one)
  for (const other of [drawShape(2, 5, 24, 3), drawShape(1, 6, 24, 3), drawShape(1, 5, 24, 4)])
    expect(other).not.toEqual(one)
})

it('shows the same scene whatever the class: only figure and textures differ', () => {
  // Far from the figure a striped disc on dots and a striped bar on dots are the same pixels.
  const corner = (image: Uint8Array) => [...image.subarray(0, 6)]
  expect(corner(drawShape(1, 8, 48, 0))).toEqual(corner(drawShape(1, 8, 48, 2)))
})

it('does not tell the class by colour or brightness', () => {
  const means = SHAPE_CLASSES.map((_, label) => {
    let sum = 0
    for (let i = 0; i < 60; i++) for (const value of drawShape(1, i * 10 + label, 16, label)) sum += value
    return sum / (60 * 16 * 16 * 3)
  })
  for (const mean of means) expect(Math.abs(mean - 127)).toBeLessThan(14)
})

it('gives training and test pictures that have nothing to do with each other', async () => {
  const data = await openDataset('builtin:texture-shapes', { shape: [16, 16, 3], validationShare: 0, seed: 1 })
  expect([data.train.count, data.validation.count, data.classes]).toEqual([8000, 2000, SHAPE_CLASSES])
  const load = (part: typeof data.train, count: number) => {
    const images = new Float32Array(count * 768)
    for (let i = 0; i < count; i++) void part.read(i, images, i * 768)
    return images
  }
  const train = load(data.train, 1500)
  const test = load(data.validation, 300)
  let right = 0
  for (let t = 0; t < 300; t++) {
    let best = Infinity
    let nearest = 0
    for (let i = 0; i < 1500; i++) {
      let distance = 0
      for (let p = 0; p < 768 && distance < best; p++) {
        distance += ((test[t * 768 + p] as number) - (train[i * 768 + p] as number)) ** 2
      }
      if (distance < best) [best, nearest] = [distance, i]
    }
    // A twin would be almost equal; unrelated pictures never are.
    expect(best).toBeGreaterThan(1)
    if (data.train.labels[nearest] === data.validation.labels[t]) right++
  }
  expect(right / 300).toBeLessThan(0.2)
  console.log(`cases=300 nearest neighbour right=${right}`)
})
