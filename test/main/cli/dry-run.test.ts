import { afterEach, beforeEach, expect, it } from 'vitest'
import type { MemoryNeed } from '../../../src/shared/training/memory-need.js'
import { testWorld, type TestWorld } from './world.js'

const NEED: MemoryNeed = {
  basis: 'traced',
  runtime: 100e6,
  state: 20e6,
  values: 80e6,
  needed: 200e6,
  perImage: 2.5e6,
}

let world: TestWorld
beforeEach(async () => {
  world = await testWorld({ memory: NEED })
  await world.write('net.json', (await world.run('new', 'cifar-resnet-20')).out)
})
afterEach(() => world.remove())

it('train --dry-run says what it would take, starts nothing and keeps no run', async () => {
  const options = ['--data', 'builtin', '--device', 'tensorflow-cpu', '--batch', '32', '--dry-run']
  const { code, out } = await world.run('train', 'net.json', ...options, '--json')
  expect(code).toBe(0)
  const { total, free, fit, largestBatch, ...estimate } = JSON.parse(out) as Record<string, unknown>
  expect(estimate).toEqual({ device: 'tensorflow-cpu', ...NEED, batch: 32 })
  expect(Number(total)).toBeGreaterThanOrEqual(Number(free))
  expect(fit).toBe(Number(free) >= 250e6 ? 'fits' : expect.anything())
  const most = 32 + (0.8 * Number(free) - 200e6) / 2.5e6
  expect(largestBatch).toBe(Math.min(65_536, 8 * Math.floor(most / 8)))
  expect(world.launcher.jobs.map(({ kind }) => kind)).toEqual(['memory'])

  const { out: text } = await world.run('train', 'net.json', ...options)
  expect(text).toMatch(/^Memory on tensorflow-cpu with a batch of 32, from the traced step:\n/)
  expect(text).toMatch(/needed at most +200 MB\n/)
  expect(text).toMatch(/The largest batch with something to spare is [\d,]+\.\n$/)
})
