import { expect, it, vi } from 'vitest'
import { createRuns } from '../../../src/renderer/stores/runs.js'
import { AppError } from '../../../src/shared/errors.js'
import { DEFAULT_SETTINGS } from '../../../src/shared/training/settings.js'
import { endEvent, runSummary, startEvent, stepEvent, validationEvent } from '../events.js'
import { fakeServices } from '../fake-services.js'

const steps = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => stepEvent(from + i, { main: [1 / (from + i), 0.5], aux: [2, 0.25] }))

function opened() {
  const services = fakeServices()
  services.summaries.set('run-1', runSummary())
  const runs = createRuns(services)
  const stop = runs.follow()
  const lossOf = (id: string) => Array.from(runs.metrics(id).train.heads.get('main')?.loss.values ?? [])
  const first = () => runs.store.getState().runs[0]
  return { services, runs, stop, lossOf, first }
}

it('fetches the history of a run that goes on, as after a reload of the window', async () => {
  const { services, runs, lossOf, first } = opened()
  services.emit('run-1', [startEvent(), ...steps(1, 200)], 'cut')
  await runs.refresh()
  expect(runs.store.getState()).toMatchObject({ list: 'ready', shown: 'run-1' })
  expect([first()?.state, first()?.received, first()?.step?.step]).toEqual(['running', 201, 200])
  expect(lossOf('run-1')).toEqual(Array.from({ length: 200 }, (_, i) => 1 / (i + 1)))
})

it('appends pushes, passes over what it has, and asks for what a cut wire lost', async () => {
  const { services, runs, lossOf, first } = opened()
  services.emit('run-1', [startEvent(), ...steps(1, 3)])
  await runs.refresh()
  services.emit('run-1', steps(4, 5))
  services.emit('run-1', steps(6, 7), 'cut')
  services.emit('run-1', steps(8, 9))
  await vi.waitFor(() => expect(first()?.received).toBe(10), 60_000)
  services.emit('run-1', [validationEvent(9, 1, { main: [0.5, 0.75] }), endEvent({ step: 9 })])
  expect(lossOf('run-1')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => 1 / n))
  expect(first()?.state).toBe('finished')
  expect(services.calls.filter(([name]) => name === 'history')).toEqual([
    ['history', 'run-1', 0],
    ['history', 'run-1', 4],
    ['history', 'run-1', 6],
    ['history', 'run-1', 10],
  ])
})

it('continues from the last event it has after the wire is back', async () => {
  const { services, runs, lossOf, first } = opened()
  await runs.refresh()
  services.emit('run-1', [startEvent(), ...steps(1, 4)])
  services.emit('run-1', [...steps(5, 6), endEvent({ reason: 'stopped', step: 6 })], 'cut')
  services.summaries.set('run-1', runSummary({ state: 'stopped' }))
  await runs.refresh()
  expect([first()?.state, lossOf('run-1').length]).toEqual(['stopped', 6])
})

it('shows a run that was started, and says why one was not', async () => {
  const { services, runs } = opened()
  await runs.refresh()
  services.change(runSummary({ id: 'run-2', state: 'starting', started: '2026-01-03T10:00:00.000Z' }))
  await runs.start('{}', DEFAULT_SETTINGS)
  const { shown, launch, runs: list } = runs.store.getState()
  expect([shown, launch, list.map((run) => run.id)]).toEqual(['run-2', { state: 'idle' }, ['run-2', 'run-1']])

  services.failNext('start', new AppError('run/busy', 'Run run-2 is training.', 'Stop it first.'))
  await runs.start('{}', DEFAULT_SETTINGS)
  expect(runs.store.getState().launch).toEqual({
    state: 'refused',
    error: { code: 'run/busy', message: 'Run run-2 is training.', hint: 'Stop it first.' },
  })
  expect(runs.store.getState().shown).toBe('run-2')
  runs.dismiss()
  expect(runs.store.getState().launch).toEqual({ state: 'idle' })
})

it('goes on with a run, its curves cut where it goes on', async () => {
  const { services, runs, lossOf, first } = opened()
  await runs.refresh()
  services.emit('run-1', [startEvent(), ...steps(1, 5), validationEvent(5, 1, { main: [0.5, 0.75] })])
  services.emit('run-1', [endEvent({ reason: 'stopped', step: 5 })])
  await runs.resume('run-1')
  expect(services.calls).toContainEqual(['resume', 'run-1', {}])
  services.emit('run-1', [startEvent({ resumed: 3 }), ...steps(4, 4)])
  expect([first()?.state, lossOf('run-1').length]).toEqual(['running', 4])
  expect(runs.metrics('run-1').validation.step.length).toBe(0)
  services.failNext('resume', new AppError('run/over', 'All steps are made.', 'Ask for more.'))
  await runs.resume('run-1')
  expect(runs.store.getState().launch).toMatchObject({ state: 'refused', error: { code: 'run/over' } })
})

it('asks for the events of an old run only when it is shown', async () => {
  const { services, runs, lossOf } = opened()
  services.summaries.set('old', runSummary({ id: 'old', state: 'finished', started: '2025-01-01T00:00:00.000Z' }))
  services.emit('old', [startEvent(), ...steps(1, 5), endEvent({ step: 5 })], 'cut')
  await runs.refresh()
  expect(lossOf('old')).toEqual([])
  await runs.show('old')
  expect(lossOf('old').length).toBe(5)
  await runs.remove('old')
  expect([runs.store.getState().shown, runs.store.getState().runs.length]).toEqual(['run-1', 1])
})

it('says when the list of runs cannot be had, and changes nothing once it has stopped to follow', async () => {
  const { services, runs, stop, first } = opened()
  services.failNext('list', new AppError('disk/failed', 'The runs folder cannot be read.', 'Check its rights.'))
  await runs.refresh()
  expect(runs.store.getState().list).toEqual({
    failed: { code: 'disk/failed', message: 'The runs folder cannot be read.', hint: 'Check its rights.' },
  })
  await runs.refresh()
  stop()
  services.emit('run-1', [startEvent()])
  services.change(runSummary({ state: 'failed' }))
  expect([first()?.received, first()?.state]).toEqual([0, 'running'])
})
