import { expect, it, vi } from 'vitest'
import * as fake from './fake-electron.js'

vi.mock('electron', () => import('./fake-electron.js'))
const { utilityLauncher } = await import('../../../src/main/electron/launcher.js')

function start() {
  const events = vi.fn()
  const job = utilityLauncher('/out/trainer.js').run({ kind: 'devices' }, events)
  return { job, events, ...fake.utilityProcess.forks.at(-1)! }
}

it('gives a utility process its job once it is ready, passes events on, and ends it with the result', async () => {
  const { job, events, child, entry } = start()
  expect(entry).toBe('/out/trainer.js')
  expect(child.posted).toEqual([])
  child.emit('message', { type: 'ready' })
  expect(child.posted).toEqual([{ type: 'job', job: { kind: 'devices' } }])
  child.emit('message', { type: 'events', events: [{ type: 'end', reason: 'finished', step: 1 }] })
  expect(events.mock.calls).toEqual([[[{ type: 'end', reason: 'finished', step: 1 }]]])
  child.emit('message', { type: 'result', result: [] })
  expect(await job.result).toEqual([])
  expect(child.killed).toBe(true)
})

it('tells how a process ended that did not answer, with its last words', async () => {
  const { job, child } = start()
  child.stderr.emit('data', Buffer.from('terminate called\n'))
  child.emit('exit', 134)
  await expect(job.result).rejects.toMatchObject({
    code: 'trainer/crashed',
    message: 'The trainer process ended with code 134. It wrote last:\nterminate called',
  })
})

it('asks it to stop', async () => {
  const { job, child } = start()
  child.emit('message', { type: 'ready' })
  job.stop()
  expect(child.posted.at(-1)).toEqual({ type: 'stop' })
  job.kill()
  expect(child.killed).toBe(true)
  child.emit('exit', 0)
  await expect(job.result).rejects.toMatchObject({ code: 'trainer/crashed' })
})
