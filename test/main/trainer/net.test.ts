import { describe, expect, it } from 'vitest'
import type { Dataset } from '../../../src/main/data/dataset.js'
import { confusion } from '../../../src/main/trainer/jobs/evaluate.js'
import { classesFor, sizeNet, wantedSize } from '../../../src/main/trainer/net.js'
import { paceMeter } from '../../../src/main/trainer/pace.js'
import { parse } from '../../../src/shared/document/file.js'
import { net } from '../models/nets.js'
import { tinyDocument } from './tiny.js'

const head = (id: string, classes: number) => ({ id, classes, predicts: 'classes' as const, weight: 1 })

function data(classes: readonly string[], named: boolean, count: number): Dataset {
  const part = { count, labels: new Int32Array(count), read: () => undefined }
  const shape = [6, 6, 1] as const
  return { title: 'pets', classes, named, shape, stored: shape, train: part, validation: part, skipped: [], note: '' }
}

describe('sizeNet', () => {
  it('puts the main head first, with classes and weights', () => {
    const document = parse(tinyDocument())
    expect(wantedSize(document)).toEqual([6, 6, 1])
    expect(sizeNet(document, [6, 6, 1]).heads).toEqual([
      { id: 'main', classes: 3, predicts: 'classes', weight: 1 },
      { id: 'aux', classes: 3, predicts: 'classes', weight: 0.3 },
    ])
  })

  it('gives an input of any size the size of the images', () => {
    const open = (middle: string) =>
      net(
        ['image', 'input', { height: null, width: null, channels: 3 }],
        ['vector', middle, {}, 'image'],
        ['logits', 'dense', { units: 2 }, 'vector'],
        ['main', 'head', {}, 'logits'],
      )
    expect(wantedSize(open('global_average_pool'))).toEqual([null, null, 3])
    expect(sizeNet(open('flatten'), [5, 4, 3]).analysis.nodes['logits']?.parameters).toBe(2 * 5 * 4 * 3 + 2)
  })

  it('refuses nets with problems, naming all of them', () => {
    const broken = net(['image', 'input', {}], ['main', 'head', {}, 'image'])
    expect(() => wantedSize(broken)).toThrow(/main: /)
    expect(() => wantedSize(net(['main', 'head', {}]))).toThrow(/problems/)
  })
})

describe('classesFor', () => {
  it('wants as many classes as outputs where the classes have names', () => {
    expect(classesFor(data(['cat', 'dog'], true, 4), [head('main', 2), head('aux', 2)])).toEqual(['cat', 'dog'])
    for (const classes of [1, 3]) {
      expect(() => classesFor(data(['cat', 'dog'], true, 4), [head('main', classes)])).toThrow(
        `pets has 2 classes, but the head "main" has ${classes} outputs.`,
      )
    }
    expect(() => classesFor(data(['cat', 'dog'], true, 4), [head('main', 2), head('aux', 3)])).toThrow('the head "aux"')
  })

  it('asks nothing of a head that answers with a number', () => {
    const number = { ...head('age', 1), predicts: 'number' as const }
    expect(classesFor(data(['0', '1', '2'], true, 40), [number])).toEqual(['0', '1', '2'])
    expect(classesFor(data(['0', '1', '2'], true, 40), [number, head('main', 3)])).toEqual(['0', '1', '2'])
    expect(confusion(Int32Array.of(0, 2, 2, 1), [[-3], [1.6], [0.4], [7]], 3)).toEqual([
      [1, 0, 0],
      [0, 0, 1],
      [1, 0, 1],
    ])
  })

  it('lets a class be absent from few images without names, and no label be too large', () => {
    expect(classesFor(data(['0', '1'], false, 39), [head('main', 4)])).toEqual(['0', '1', '2', '3'])
    expect(() => classesFor(data(['0', '1'], false, 40), [head('main', 4)])).toThrow('pets has 2 classes')
    expect(() => classesFor(data(['0', '1'], false, 4), [head('main', 1)])).toThrow('pets has 2 classes')
  })
})

it('counts a confusion by true and predicted class', () => {
  const rows = [
    [0.9, 0.1, 0],
    [0.2, 0.7, 0.1],
    [0.3, 0.3, 0.4],
    [0.1, 0.8, 0.1],
  ]
  expect(confusion(Int32Array.of(0, 1, 1, 2), rows, 3)).toEqual([
    [1, 0, 0],
    [0, 1, 1],
    [0, 1, 0],
  ])
})

it('measures images a second over the last three seconds', () => {
  let time = 0
  const pace = paceMeter(() => time)
  const at = (now: number, images: number) => {
    time = now
    return pace(images)
  }
  expect([at(1000, 10), at(2000, 30)]).toEqual([10, 20])
  // From 2,000 ms on: 60 images in 4 s; the slow start is forgotten.
  at(5000, 30)
  expect(at(6000, 30)).toBe(15)
})
