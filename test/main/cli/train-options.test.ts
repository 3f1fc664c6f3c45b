import { afterEach, beforeEach, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../../src/shared/training/settings.js'
import { eventually } from '../../eventually.js'
import { testWorld, type TestWorld } from './world.js'

let world: TestWorld
beforeEach(async () => {
  world = await testWorld()
  await world.write('net.json', (await world.run('new', 'cifar-resnet-20')).out)
})
afterEach(() => world.remove())

const OPTIONS = {
  'clip-norm': ['clipNorm', 1.5],
  'clip-value': ['clipValue', 0.5],
  schedule: ['schedule', 'one-cycle'],
  'warmup-steps': ['warmupSteps', 20],
  'decay-every': ['decayEvery', 3],
  'decay-factor': ['decayFactor', 0.5],
  'micro-batches': ['microBatches', 4],
  'average-decay': ['averageDecay', 0.99],
  'checkpoint-every': ['checkpointEvery', 50],
  'probe-every': ['probeEvery', 10],
} as const

it('every option of a step reaches the trainer', async () => {
  const words = Object.entries(OPTIONS).flatMap(([name, [, value]]) => [`--${name}`, String(value)])
  void world.run('train', 'net.json', '--data', 'builtin', '--device', 'onnx-cpu', ...words)
  await eventually(() => expect(world.launcher.jobs.some(({ kind }) => kind === 'train')).toBe(true))
  const job = world.launcher.jobs.find((one) => one.kind === 'train')!
  const wanted = Object.fromEntries(Object.values(OPTIONS))
  expect(job.kind === 'train' && job.settings).toMatchObject({
    ...DEFAULT_SETTINGS,
    ...wanted,
    device: 'onnx-cpu',
    data: 'builtin',
  })
  world.launcher.finish()
  console.log(`cases=${Object.keys(OPTIONS).length}`)
})

it.each([
  ['--schedule', 'sine', 'Choose one of constant, step, exponential, cosine, one-cycle, plateau'],
  ['--micro-batches', '0', 'Choose 1 or more.'],
  ['--average-decay', '1', 'Choose less than 1.'],
  ['--decay-factor', '0', 'Choose more than 0.'],
])('refuses %s %s', async (option, value, hint) => {
  const { code, err } = await world.run('train', 'net.json', '--data', 'builtin', option, value)
  expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining(hint) as string })
  expect(world.launcher.jobs).toEqual([])
})
