import { nameKey } from '../../shared/program/initial-state.js'
import { hash, PURPOSE } from '../../shared/random.js'

/**
 * Fill the step input `random/<node>/<draw>` with uniform numbers in [0, 1), multiples of 2^-24, as a function of seed,
 * step and name only.
 */
export function fillRandom(out: Float32Array, name: string, seed: number, step: number) {
  const key = hash(PURPOSE.dropout, seed, step, nameKey(name))
  for (let i = 0; i < out.length; i++) out[i] = (hash(key, i) >>> 8) / 0x1_000_000
}

/** True for inputs that `fillRandom` fills. */
export function isRandomInput(name: string): boolean {
  return name.startsWith('random/')
}
