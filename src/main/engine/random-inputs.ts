import { nameKey } from '../../shared/program/initial-state.js'
import { hash, PURPOSE } from '../../shared/random.js'

/** What the numbers of a step are drawn for; `first` is the place of the first one among those of the whole batch. */
export interface Draw {
  readonly seed: number
  readonly step: number
  readonly first?: number
}

/**
 * Fill the step input `random/<node>/<draw>` with uniform numbers in [0, 1), multiples of 2^-24, as a function of seed,
 * step, name and place only: a batch computed in parts has the numbers of the whole.
 */
export function fillRandom(out: Float32Array, name: string, { seed, step, first = 0 }: Draw) {
  const key = hash(PURPOSE.dropout, seed, step, nameKey(name))
  for (let i = 0; i < out.length; i++) out[i] = (hash(key, first + i) >>> 8) / 0x1_000_000
}

/** True for inputs that `fillRandom` fills. */
export function isRandomInput(name: string): boolean {
  return name.startsWith('random/')
}
