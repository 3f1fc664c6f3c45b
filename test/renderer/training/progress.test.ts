import { expect, it } from 'vitest'
import { fromSummary, next, type RunEvent } from '../../../src/renderer/stores/run.js'
import {
  doneShare,
  durationWords,
  secondsLeft,
  shortStatusWords,
  statusWords,
} from '../../../src/renderer/panels/training/progress.js'
import { endEvent, runSummary, startEvent, stepEvent } from '../events.js'
import { DEFAULT_SETTINGS } from '../../../src/shared/training/settings.js'

const settings = { ...DEFAULT_SETTINGS, epochs: 30, batch: 32 }
const after = (...events: RunEvent[]) => events.reduce(next, fromSummary(runSummary({ state: 'starting', settings })))
const start = startEvent({ stepsPerEpoch: 460, steps: 7510 })
const step = stepEvent(1840, { main: [1, 0.5] }, { epoch: 4, imagesPerSecond: 42 })

it('says how far a run is and how long it will take', () => {
  const run = after(start, step)
  expect(secondsLeft(run)).toBe(((7510 - 1840) * 32) / 42)
  expect(doneShare(run)).toBe(1840 / 7510)
  expect(statusWords(run)).toBe('epoch 4 of 30 · step 1,840 · 42 images/s · 1 h 12 min left')
  expect(shortStatusWords(run)).toBe('epoch 4 of 30 · 42 images/s · 1 h 12 min left')
})

it('says the rate where it moves', () => {
  const moving = { ...settings, schedule: 'cosine' } as const
  const run = fromSummary(runSummary({ state: 'starting', settings: moving }))
  const late = stepEvent(1840, { main: [1, 0.5] }, { epoch: 4, imagesPerSecond: 42, learningRate: 0.0001234 })
  expect(statusWords([start, late].reduce<typeof run>(next, run))).toBe(
    'epoch 4 of 30 · step 1,840 · 42 images/s · rate 1.23e\u22124 · 1 h 12 min left',
  )
})

it('says what it waits for and how it ended', () => {
  expect([after(), after(start)].map(statusWords)).toEqual([
    'getting ready: data, net, device',
    'getting ready: data, net, device',
  ])
  const stopping = after(start, step, { type: 'summary', summary: runSummary({ state: 'stopping', settings }) })
  expect(statusWords(stopping)).toBe('epoch 4 of 30 · step 1,840 · pausing after this step')
  expect(statusWords(after(start, step, endEvent({ reason: 'stopped' })))).toBe('paused after 1,840 of 7,510 steps')
  expect(statusWords(after(start, endEvent({ reason: 'failed' })))).toBe('ended by an error')
  expect([secondsLeft(after(start)), doneShare(after())]).toEqual([undefined, undefined])
})

it('uses the two units a person would', () => {
  expect([0.2, 48, 89, 120, 3599, 4320, 273_600].map(durationWords)).toEqual([
    '1 s',
    '48 s',
    '89 s',
    '2 min',
    '1 h 0 min',
    '1 h 12 min',
    '3 d 4 h',
  ])
})
