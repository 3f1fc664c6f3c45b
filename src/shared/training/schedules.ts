import type { TrainingSettings } from './settings.js'

/** Where a training stands, as far as its learning rate depends on it. */
export interface Standing {
  /** Updates made before, and in all. */
  readonly step: number
  readonly steps: number
  readonly stepsPerEpoch: number
  readonly plateau: Plateau
}

/** How often the validation loss stopped to fall, and what is needed to notice the next time. */
export interface Plateau {
  readonly best: number
  /** Validations since the best one, or since the last drop of the rate. */
  readonly waited: number
  readonly drops: number
}

/** Before the first validation. */
export const NO_PLATEAU: Plateau = { best: Infinity, waited: 0, drops: 0 }

type RateSettings = Pick<TrainingSettings, 'learningRate' | 'schedule' | 'warmupSteps' | 'decayEvery' | 'decayFactor'>

/**
 * Learning rate of the update after `step` others. The first `warmupSteps` climb evenly to it (Goyal et al. 2017, section 2.2): with
 * a rate of 0.1 and 5 of them 0.02, 0.04 … 0.1. What the schedule counts begins behind them.
 */
export function rateAt(settings: RateSettings, standing: Standing): number {
  const { learningRate, warmupSteps } = settings
  const { step } = standing
  if (step < warmupSteps) return (learningRate * (step + 1)) / warmupSteps
  return learningRate * shareAt(settings, standing)
}

/** Share of the full rate, behind the warm-up. */
function shareAt({ schedule, warmupSteps, decayEvery, decayFactor }: RateSettings, standing: Standing): number {
  const { step, steps, stepsPerEpoch, plateau } = standing
  const epochs = (step - warmupSteps) / stepsPerEpoch
  const done = (step - warmupSteps) / Math.max(1, steps - warmupSteps)
  switch (schedule) {
    case 'constant':
      return 1
    case 'step':
      return decayFactor ** Math.floor(epochs / decayEvery)
    case 'exponential':
      return decayFactor ** (epochs / decayEvery)
    case 'cosine':
      return cosine(1, 0, done)
    case 'one-cycle':
      return oneCycle(done)
    case 'plateau':
      return decayFactor ** plateau.drops
  }
}

/** From one value to another along half a wave (Loshchilov and Hutter 2017, equation 5). */
function cosine(from: number, to: number, share: number): number {
  return to + ((from - to) * (1 + Math.cos(Math.PI * share))) / 2
}

/** Up from a 25th in the first three tenths, then down to a 250,000th (Smith and Topin 2018; numbers as in PyTorch's OneCycleLR). */
function oneCycle(share: number): number {
  const rise = 0.3
  return share < rise ? cosine(1 / 25, 1, share / rise) : cosine(1, 1 / 250_000, (share - rise) / (1 - rise))
}

/** The rate drops after `patience` validations in a row that were not better than the best before. */
export function afterValidation({ best, waited, drops }: Plateau, loss: number, patience: number): Plateau {
  if (loss < best) return { best: loss, waited: 0, drops }
  return waited + 1 >= patience ? { best, waited: 0, drops: drops + 1 } : { best, waited: waited + 1, drops }
}
