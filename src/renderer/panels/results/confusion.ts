export type Confusion = readonly (readonly number[])[]

/** One wrong answer: images of class `truth` that were given class `answer`. */
export interface MixUp {
  readonly truth: number
  readonly answer: number
  readonly count: number
  /** Of all images of that class. */
  readonly share: number
}

/** The most frequent wrong answers, by count. */
export function mixUps(confusion: Confusion, most: number): readonly MixUp[] {
  const all = confusion.flatMap((row, truth) => {
    const images = row.reduce((a, b) => a + b, 0)
    return row.map((count, answer) => ({ truth, answer, count, share: images > 0 ? count / images : 0 }))
  })
  return all
    .filter(({ truth, answer, count }) => truth !== answer && count > 0)
    .sort((a, b) => b.count - a.count || a.truth - b.truth || a.answer - b.answer)
    .slice(0, most)
}

/** Each row divided by its sum: of the images of a class, the share that got each answer. */
export function rowShares(confusion: Confusion): readonly (readonly number[])[] {
  return confusion.map((row) => {
    const images = row.reduce((a, b) => a + b, 0)
    return row.map((count) => (images > 0 ? count / images : 0))
  })
}

/** The cell under a point of a square matrix; `undefined` outside. */
export function cellAt(x: number, y: number, side: number, classes: number): readonly [number, number] | undefined {
  const [row, column] = [Math.floor((y / side) * classes), Math.floor((x / side) * classes)]
  const inside = row >= 0 && row < classes && column >= 0 && column < classes
  return inside ? [row, column] : undefined
}
