import { PURPOSE, shuffle } from '../../shared/random.js'

/** Numbers of the images of each part, in the order of the data. */
export interface Split {
  readonly train: Int32Array
  readonly validation: Int32Array
}

/**
 * Keep `share` of each class (rounded down, so that small sets stay whole) for validation. Which images is a function of the
 * seed; both parts keep the order of the data.
 */
export function splitByClass(labels: Int32Array, share: number, seed: number): Split {
  const byClass = new Map<number, number[]>()
  labels.forEach((label, i) => {
    const members = byClass.get(label)
    if (members) members.push(i)
    else byClass.set(label, [i])
  })
  const kept = new Set<number>()
  for (const [label, members] of byClass) {
    // A hair more, since 0.29 * 100 is 28.999999999999996.
    const count = Math.floor(members.length * share + 1e-9)
    const order = shuffle(members.length, PURPOSE.split, seed, label)
    for (const position of order.subarray(0, count)) kept.add(members[position] as number)
  }
  const all = Int32Array.from(labels.keys())
  return { train: all.filter((i) => !kept.has(i)), validation: all.filter((i) => kept.has(i)) }
}
