import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createRunFolder, writeRecord } from '../../../src/main/trainer/run/runfolder.js'
import { DEFAULT_SETTINGS } from '../../../src/shared/training/settings.js'
import { testWorld, type TestWorld } from './world.js'

let world: TestWorld

beforeAll(async () => {
  world = await testWorld()
  await world.run('new', 'cifar-resnet-20', '-o', 'a.json')
  await world.run('new', 'cifar-resnet-20', '--set', 'classes=7', '-o', 'b.json')
})
afterAll(() => world.remove())

async function makeRun(id: string, document: string, batch: number, accuracy: number): Promise<void> {
  const folder = join(world.folder, 'home', 'runs', id)
  await mkdir(join(world.folder, 'home', 'runs'), { recursive: true })
  await createRunFolder(folder, (await world.run('new', document)).out)
  const validation = {
    type: 'validation',
    step: 9,
    epoch: 1,
    loss: 1 - accuracy,
    heads: { main: { loss: 1 - accuracy, accuracy } },
  } as const
  await writeRecord(folder, {
    ...{ format: 'netwright-run', version: 1, name: id, state: 'finished', started: '2026-01-02T10:00:00Z' },
    settings: { ...DEFAULT_SETTINGS, batch },
    ...{ classes: [], heads: ['main'], device: 'onnx-cpu', step: 9, lastValidation: validation },
    data: { title: 'Shapes', shape: [32, 32, 3], train: 1, validation: 1, note: '' },
  })
}

it('tells two files apart, in words and as JSON', async () => {
  const { code, out } = await world.run('compare', 'a.json', 'b.json')
  expect([code, out.split('\n')]).toEqual([
    0,
    [
      '~ logits (dense)',
      '    units: 10 → 7',
      '    makes 10 → 7',
      '    650 → 455 parameters',
      '    640 → 448 multiply-adds',
      '~ main (head)',
      '    makes 10 → 7',
      '',
      'in all              first      second  difference',
      'parameters        274,042     273,847        -195',
      'trainable         272,474     272,279        -195',
      'multiply-adds  40,813,184  40,812,992        -192',
      'layers                 74          74           0',
      'depth                  20          20           0',
      '',
    ],
  ])
  const { net } = JSON.parse((await world.run('compare', 'a.json', 'b.json', '--json')).out) as {
    net: { changed: unknown[] }
  }
  expect(net.changed).toHaveLength(2)
  expect((await world.run('compare', 'a.json', 'a.json')).out).toBe('The nets are equal.\n')
})

it('tells two runs apart: net, settings and results; a run and a file too', async () => {
  await makeRun('one', 'cifar-resnet-20', 32, 0.75)
  await makeRun('two', 'cifar-resnet-20', 8, 0.5)
  const { code, out } = await world.run('compare', 'one', 'two')
  expect([code, out.split('\n')]).toEqual([
    0,
    [
      'The nets are equal.',
      '',
      'settings',
      '    batch: 32 → 8',
      '',
      'result          first  second',
      'loss           0.2500  0.5000',
      'main loss      0.2500  0.5000',
      'main accuracy  0.7500  0.5000',
      '',
    ],
  ])
  expect((await world.run('compare', 'one', 'a.json')).out).toBe('The nets are equal.\n')
})

it.each([
  [['compare', 'a.json'], 'Two documents or runs are expected, not 1.'],
  [['compare', 'a.json', 'none.json'], 'none.json does not exist.'],
  [['compare', 'a.json', 'nobody'], 'There is no run nobody.'],
])('%j is refused', async (args, message) => {
  const { code, err } = await world.run(...args)
  expect([code, err.split('\n')[0]]).toEqual([1, expect.stringContaining(message)])
})

it('does not take any file for a run', async () => {
  await writeFile(join(world.folder, 'notes.txt'), 'hello')
  expect((await world.run('compare', 'a.json', 'notes.txt')).code).toBe(1)
})
