import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { eventQueue } from '../../../src/main/trainer/event-queue.js'
import type { TrainingEvent } from '../../../src/shared/training/events.js'

const event = (step: number): TrainingEvent => ({ type: 'end', reason: 'finished', step })
const stepsOf = (groups: readonly (readonly TrainingEvent[])[]) =>
  groups.map((group) => group.map((e) => 'step' in e && e.step))

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

it('hands out at most 20 groups a second, in order and with nothing lost', async () => {
  const groups: (readonly TrainingEvent[])[] = []
  const queue = eventQueue(async (events) => void groups.push(events))
  for (let step = 0; step < 1000; step++) {
    queue.push(event(step))
    await vi.advanceTimersByTimeAsync(1)
  }
  await queue.flush()
  expect(stepsOf(groups).flat()).toEqual([...Array(1000).keys()])
  expect(groups.length).toBeLessThanOrEqual(21)
  expect(groups.length).toBeGreaterThan(15)
})

it('hands out one group at a time, and flush waits for all', async () => {
  const done: number[] = []
  const queue = eventQueue(async (events) => {
    await new Promise((resolve) => setTimeout(resolve, events.length === 2 ? 500 : 1))
    done.push(events.length)
  })
  queue.push(event(1))
  queue.push(event(2))
  await vi.advanceTimersByTimeAsync(60)
  queue.push(event(3))
  const flushed = queue.flush()
  expect(done).toEqual([])
  await vi.advanceTimersByTimeAsync(1000)
  await flushed
  expect(done).toEqual([2, 1])
})

it('throws at the next event what went wrong with an earlier one', async () => {
  const queue = eventQueue(() => Promise.reject(new Error('disk full')))
  queue.push(event(1))
  await expect(queue.flush()).rejects.toThrow('disk full')
  expect(() => queue.push(event(2))).toThrow('disk full')
})
