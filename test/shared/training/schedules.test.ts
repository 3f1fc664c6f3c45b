import { describe, expect, it } from 'vitest'
import { afterValidation, NO_PLATEAU, rateAt } from '../../../src/shared/training/schedules.js'
import { DEFAULT_SETTINGS, SCHEDULES, type TrainingSettings } from '../../../src/shared/training/settings.js'

const STEPS = 100

/** Rates of the updates of a training of 10 epochs of 10 steps, at a full rate of 1. */
function rates(change: Partial<TrainingSettings>, plateau = NO_PLATEAU): readonly number[] {
  const settings = { ...DEFAULT_SETTINGS, learningRate: 1, decayEvery: 2, ...change }
  return Array.from({ length: STEPS }, (_, step) =>
    rateAt(settings, { step, steps: STEPS, stepsPerEpoch: 10, plateau }),
  )
}

const at = (values: readonly number[], ...steps: readonly number[]) => steps.map((step) => values[step])

describe('the learning rate', () => {
  it('stays, drops in steps, or decays evenly', () => {
    expect(new Set(rates({}))).toEqual(new Set([1]))
    const stairs = rates({ schedule: 'step', decayFactor: 0.5 })
    expect(at(stairs, 0, 19, 20, 39, 40, 99)).toEqual([1, 1, 0.5, 0.5, 0.25, 0.0625])
    const even = rates({ schedule: 'exponential', decayFactor: 0.25 })
    expect(at(even, 0, 10, 20, 40)).toEqual([1, 0.5, 0.25, 0.0625])
  })

  it('follows half a wave to zero: cosine', () => {
    const wave = rates({ schedule: 'cosine' })
    expect(wave[0]).toBe(1)
    expect(wave[50]).toBeCloseTo(0.5, 12)
    expect(wave[25]).toBeCloseTo((1 + Math.SQRT1_2) / 2, 12)
    expect(wave[99]).toBeCloseTo((1 + Math.cos(0.99 * Math.PI)) / 2, 12)
  })

  it('climbs evenly first, and counts from there', () => {
    for (const schedule of SCHEDULES) {
      const warm = rates({ schedule, warmupSteps: 4 })
      expect(at(warm, 0, 1, 2, 3)).toEqual([0.25, 0.5, 0.75, 1])
      if (schedule !== 'one-cycle') expect(warm[4]).toBe(1)
    }
    const wave = rates({ schedule: 'cosine', warmupSteps: 20 })
    expect(wave[60]).toBeCloseTo(0.5, 12)
  })

  it('goes up and far down in one cycle, as OneCycleLR of PyTorch does', () => {
    const cycle = rates({ schedule: 'one-cycle' })
    expect(cycle[0]).toBeCloseTo(0.04, 12)
    expect(cycle[30]).toBeCloseTo(1, 12)
    expect(Math.max(...cycle)).toBe(cycle[30])
    expect(cycle[15]).toBeCloseTo(0.52, 12)
    expect(cycle[99]).toBeLessThan(0.001)
    expect(cycle[99]).toBeGreaterThan(4e-6)
  })

  it('drops where the validation loss does not fall any more', () => {
    const losses = [3, 2, 2.5, 2, 1.9, 1.95, 2, 2.1, 1.8]
    const drops = losses.map((_, i) =>
      losses.slice(0, i + 1).reduce((plateau, loss) => afterValidation(plateau, loss, 2), NO_PLATEAU),
    )
    expect(drops.map((plateau) => plateau.drops)).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2])
    expect(rates({ schedule: 'plateau', decayFactor: 0.1 }, drops.at(-1))[0]).toBeCloseTo(0.01, 12)
  })

  it('is a number above zero and not above the full one at every step of every schedule', () => {
    let cases = 0
    for (const schedule of SCHEDULES) {
      for (const warmupSteps of [0, 1, 50, 100, 1000]) {
        for (const rate of rates({ schedule, warmupSteps })) {
          expect(rate).toBeGreaterThan(0)
          expect(rate).toBeLessThanOrEqual(1)
          cases++
        }
      }
    }
    console.log(`cases=${cases}`)
  })
})
