import type { Analysis } from '../graph/graph.js'
import type { WeightSpec } from '../layers/define.js'
import { hash, PURPOSE, uniform } from '../random.js'
import { netOf } from './state.js'

/** A tensor in host memory, as `src/main/engine/executor.ts` has it. */
interface Tensor {
  readonly shape: readonly number[]
  readonly data: Float32Array
}

/**
 * Weights and statistics as training begins, by name. He et al. 2015 (`he-normal`: normal, variance 2 / fan in) and
 * Glorot and Bengio 2010 (`glorot-uniform`: uniform within ±sqrt(6 / (fan in + fan out))); every value is a function of
 * seed, weight name and place, so a net that gains a layer keeps the start of all others.
 */
export function initialState(analysis: Analysis, seed: number): ReadonlyMap<string, Tensor> {
  const net = netOf(analysis)
  return new Map(
    [...net.trainable, ...net.statistics].map(({ name, shape, init }) => {
      const count = shape.reduce((product, size) => product * size, 1)
      return [name, { shape, data: draw(init, count, seed, nameKey(name)) }]
    }),
  )
}

/** A 32-bit number of a name, for keys of random numbers. */
export function nameKey(name: string): number {
  return hash(...Array.from(name, (letter) => letter.codePointAt(0) as number))
}

function draw(init: WeightSpec['init'], count: number, seed: number, name: number): Float32Array {
  const data = new Float32Array(count)
  if (init.kind === 'constant') return data.fill(init.value)
  const key = hash(PURPOSE.weights, seed, name)
  if (init.kind === 'he-normal') return fillNormal(data, key, Math.sqrt(2 / init.fanIn))
  const limit = Math.sqrt(6 / (init.fanIn + init.fanOut))
  for (let i = 0; i < count; i++) data[i] = limit * (2 * uniform(key, i) - 1)
  return data
}

/** Normal numbers two at a time (Box and Muller, 1958): a net of a hundred million weights starts in seconds. */
function fillNormal(data: Float32Array, key: number, deviation: number): Float32Array {
  for (let i = 0; i < data.length; i += 2) {
    const radius = deviation * Math.sqrt(-2 * Math.log(1 - uniform(key, i)))
    const angle = 2 * Math.PI * uniform(key, i + 1)
    data[i] = radius * Math.cos(angle)
    if (i + 1 < data.length) data[i + 1] = radius * Math.sin(angle)
  }
  return data
}
