import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { END, START, step } from '../../contract/home.js'
import { eventually } from '../../eventually.js'
import { testWorld, type TestWorld } from './world.js'

let world: TestWorld
beforeEach(async () => {
  world = await testWorld()
  await mkdir(join(world.folder, 'run'))
})
afterEach(() => world.remove())

async function resuming(...args: string[]) {
  const answer = world.run('resume', 'run', ...args)
  await eventually(() => expect(world.launcher.jobs.length).toBe(1))
  return { answer, job: world.launcher.jobs[0]! }
}

it('goes on with a run, with what is to be other', async () => {
  const { answer, job } = await resuming('--device', 'onnx-cpu', '--epochs', '30', '--learning-rate', '0.01', '--json')
  const run = join(world.folder, 'run')
  expect(job).toEqual({ kind: 'resume', run, change: { device: 'onnx-cpu', epochs: 30, learningRate: 0.01 } })
  world.launcher.tell([{ ...START, resumed: 1 }, step(2), END])
  world.launcher.finish()
  const { code, out, err } = await answer
  expect({ code, first: JSON.parse(out.split('\n')[0]!) as unknown }).toEqual({
    code: 0,
    first: { ...START, resumed: 1 },
  })
  expect(err).toBe(`The run is kept in ${run}\n`)
})

it('says after which step, and stops at Ctrl-C', async () => {
  const { answer, job } = await resuming()
  expect(job).toMatchObject({ change: {} })
  world.launcher.tell([{ ...START, resumed: 1, note: 'ck-2 is damaged.' }])
  world.launcher.tell([{ type: 'head-weights', step: 1, weights: { main: 1, aux: 0.3 } }])
  world.interrupt()
  const { code, err } = await answer
  expect(code).toBe(0)
  expect(err).toContain('\n  goes on after step 1. ck-2 is damaged.\n')
  expect(err).toContain('after step 1  head weights main 1, aux 0.3\n')
  expect(err).toContain('Stopping after this step …\n')
})

it('refuses a run that is not there, and settings that cannot be', async () => {
  expect(await world.run('resume', 'nothing')).toMatchObject({ code: 1 })
  const { code, err } = await world.run('resume', 'run', '--device', 'abacus')
  expect({ code, err }).toMatchObject({ code: 1, err: expect.stringContaining('device cannot be "abacus"') as string })
  expect(world.launcher.jobs).toEqual([])
})
