import { expect, it } from 'vitest'
import { countedEvents, headWeightWishes } from '../../../src/shared/training/history.js'
import { END, START, step } from '../../contract/home.js'

const wish = (at: number, main: number) => ({ type: 'head-weights', step: at, weights: { main } }) as const
const stopped = { ...END, reason: 'stopped' } as const

it('counts what was told before a run went on, once', () => {
  const again = { ...START, resumed: 2 }
  const events = [START, step(1), step(2), wish(2, 0.5), step(3), stopped, again, step(3), END]
  expect(countedEvents(events)).toEqual([START, step(1), step(2), wish(2, 0.5), again, step(3), END])
  expect(countedEvents([])).toEqual([])
})

it('leaves out a look before the update that is made again', () => {
  const look = (at: number) => ({ type: 'probe', step: at, epoch: 1, nodes: {}, weights: {}, heads: {} }) as const
  const again = { ...START, resumed: 1 }
  const events = [START, look(0), step(1), look(1), step(2), stopped, again, look(1), step(2)]
  expect(countedEvents(events)).toEqual([START, look(0), step(1), again, look(1), step(2)])
})

it('remembers wishes that a crash took back, until a new one comes before them', () => {
  const again = { ...START, resumed: 1 }
  expect(headWeightWishes([START, wish(1, 2), wish(5, 3), again])).toEqual([wish(1, 2), wish(5, 3)])
  // Repeated as they were, they are the same wishes; another one in between takes back what came later.
  expect(headWeightWishes([START, wish(1, 2), wish(5, 3), again, wish(5, 3)])).toEqual([wish(1, 2), wish(5, 3)])
  expect(headWeightWishes([START, wish(1, 2), wish(5, 3), again, wish(4, 9)])).toEqual([wish(1, 2), wish(4, 9)])
})
