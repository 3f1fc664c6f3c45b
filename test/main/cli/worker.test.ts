import { afterEach, beforeEach, expect, it } from 'vitest'
import { testWorld, type TestWorld } from './world.js'

let world: TestWorld
beforeEach(async () => {
  world = await testWorld()
})
afterEach(() => world.remove())

const BAD = [
  [[], '--cluster and --index are needed.'],
  [['--cluster', 'a:1'], '--cluster and --index are needed.'],
  [['--cluster', 'a', '--index', '0'], '"a" is no address of a worker.'],
  [['--cluster', 'a:1,b:2', '--index', '2'], '--index 2 names no worker of 2.'],
] as const

it.each(BAD)('worker refuses %j', async (args, message) => {
  const { code, err } = await world.run('worker', ...args)
  expect([code, err.split('\n', 1)[0]]).toEqual([1, message])
  expect(world.launcher.jobs).toEqual([])
})

it('train gives the addresses of workers to the trainer, and never takes them from a document', async () => {
  await world.write('net.json', (await world.run('new', 'cifar-resnet-20')).out)
  const answer = world.run('train', 'net.json', '--data', 'pets', '--workers', '10.0.0.5:1,10.0.0.6:1')
  await Promise.race([answer, new Promise((resolve) => setImmediate(resolve))])
  while (world.launcher.jobs.length === 0) await new Promise((resolve) => setImmediate(resolve))
  world.launcher.finish()
  expect((await answer).code).toBe(0)
  expect(world.launcher.jobs).toMatchObject([{ kind: 'train', workers: ['10.0.0.5:1', '10.0.0.6:1'] }])
  expect((await world.run('train', 'net.json', '--data', 'pets', '--workers', 'x')).code).toBe(1)
})
