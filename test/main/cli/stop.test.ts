import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { readRecord, writeRecord } from '../../../src/main/trainer/run/runfolder.js'
import { isStopWished } from '../../../src/main/trainer/run/stop-wish.js'
import { START, step, storeRun } from '../../contract/home.js'
import { eventually } from '../../eventually.js'
import { testWorld, type TestWorld } from './world.js'

const ID = '2026-01-02-net-1'

let world: TestWorld
let home: string
let folder: string
beforeEach(async () => {
  world = await testWorld()
  home = join(world.folder, 'home')
  folder = join(home, 'runs', ID)
})
afterEach(() => world.remove())

it('asks the trainer of a run to end, and waits until it has', async () => {
  await storeRun(home, ID, 'running', [START, step(1)], process.pid)
  const answer = world.run('stop', ID, '--json')
  await eventually(() => expect(isStopWished(folder)).toBe(true))
  await writeRecord(folder, { ...(await readRecord(folder)), state: 'stopped', step: 7 })
  const { code, out, err } = await answer
  expect({ code, err, told: JSON.parse(out) as unknown }).toEqual({
    code: 0,
    err: '',
    told: { run: ID, state: 'stopped', step: 7 },
  })
})

it('tells of a run whose trainer dies meanwhile that it was cut off', async () => {
  await storeRun(home, ID, 'running', [START, step(1)], process.pid)
  const answer = world.run('stop', folder)
  await eventually(() => expect(isStopWished(folder)).toBe(true))
  await writeRecord(folder, { ...(await readRecord(folder)), process: 2 ** 22 - 1 })
  expect(await answer).toMatchObject({ code: 0, err: expect.stringContaining('failed after 2 steps') as string })
})

it('says of a run that is over, and of none, that it cannot be stopped', async () => {
  await storeRun(home, ID, 'stopped', [START, step(1)])
  expect(await world.run('stop', ID)).toMatchObject({
    code: 1,
    err: expect.stringContaining('is not training now') as string,
  })
  expect(await world.run('stop', 'none')).toMatchObject({
    code: 1,
    err: expect.stringContaining('no run none') as string,
  })
  expect(isStopWished(folder)).toBe(false)
})
