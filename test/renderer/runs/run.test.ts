import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canResume, fromSummary, isActive, next, type Run, type RunEvent } from '../../../src/renderer/stores/run.js'
import { endEvent, runSummary, startEvent, stepEvent, validationEvent } from '../events.js'

const starting = fromSummary(runSummary({ state: 'starting' }))

it('goes from starting to its end with what each event says', () => {
  const events: RunEvent[] = [
    startEvent(),
    stepEvent(1, { main: [2, 0.1], aux: [2, 0.1] }),
    validationEvent(1, 1, { main: [1, 0.5] }),
    endEvent(),
  ]
  const states = events.map((_, i) => events.slice(0, i + 1).reduce(next, starting))
  expect(states.map(({ state, received }) => [state, received])).toEqual([
    ['running', 1],
    ['running', 2],
    ['running', 3],
    ['finished', 4],
  ])
  expect(states[3]).toEqual({
    ...starting,
    state: 'finished',
    received: 4,
    start: events[0],
    step: events[1],
    validation: events[2],
  })
})

it('keeps the error of a failed run, and only there', () => {
  const error = {
    code: 'run/not-finite',
    message: 'Loss of aux is not finite at step 7.',
    hint: 'Lower the rate.',
  } as const
  expect(next(starting, endEvent({ reason: 'failed', error }))).toEqual({
    ...starting,
    received: 1,
    state: 'failed',
    error,
  })
  const unexplained = next(starting, endEvent({ reason: 'failed' }))
  expect(unexplained.state === 'failed' && unexplained.error.code).toBe('internal')
})

it('does not go back when a summary is older than the events', () => {
  const ended = next(starting, endEvent({ reason: 'stopped' }))
  expect(next(ended, { type: 'summary', summary: runSummary({ state: 'running' }) }).state).toBe('stopped')
  const validated = next(starting, validationEvent(20, 2, { main: [1, 0.9] }))
  const old = validationEvent(10, 1, { main: [2, 0.1] })
  expect(next(validated, { type: 'summary', summary: runSummary({ lastValidation: old }) }).validation?.step).toBe(20)
})

it('goes on where it ended, and remembers how its heads count', () => {
  const error = { code: 'trainer/crashed', message: 'Killed.', hint: 'Resume it.' } as const
  const ended = [startEvent(), stepEvent(3, { main: [1, 0] }), endEvent({ reason: 'failed', error })]
  const failed = ended.reduce<Run>(next, starting)
  expect(canResume(failed)).toBe(true)
  const again = next(failed, startEvent({ resumed: 2 }))
  expect(again).not.toHaveProperty('error')
  expect([again.state, again.received, canResume(again)]).toEqual(['running', 4, false])
  const weighed = next(again, { type: 'head-weights', step: 2, weights: { main: 1, aux: 0 } })
  expect(weighed.headWeights).toEqual({ main: 1, aux: 0 })
  expect(canResume(next(again, endEvent()))).toBe(false)
})

it('takes no step back in any order of events', () => {
  const order = { starting: 0, running: 1, stopping: 2, finished: 3, stopped: 3, failed: 3 }
  const event = fc.constantFrom<RunEvent>(
    startEvent(),
    stepEvent(3, { main: [1, 0] }),
    ...(['starting', 'running', 'stopping'] as const).map((state) => ({
      type: 'summary' as const,
      summary: runSummary({ state }),
    })),
    endEvent({ reason: 'stopped' }),
  )
  let cases = 0
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), (events) => {
      cases++
      events.reduce((run, e) => {
        const after = next(run, e)
        expect(order[after.state]).toBeGreaterThanOrEqual(order[run.state])
        expect(isActive(after)).toBe(order[after.state] < 3)
        return after
      }, starting)
    }),
  )
  console.log(`cases=${cases}`)
  expect(cases).toBe(100)
})
