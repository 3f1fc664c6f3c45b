import type { Point } from '../../../src/shared/pictures/route.js'

/** Points along a path of M, L, H, V, Q and C with absolute numbers. */
export function pointsOf(path: string): Point[] {
  const points: Point[] = []
  for (const [, letter, text] of path.matchAll(/([MLHVQC])([^MLHVQC]*)/g)) {
    const numbers = text!.trim().split(/[ ,]+/).map(Number)
    const last = points.at(-1) ?? [0, 0]
    if (letter === 'H') numbers.push(last[1])
    if (letter === 'V') numbers.unshift(last[0])
    const way: Point[] = []
    for (let i = 0; i < numbers.length; i += 2) way.push([numbers[i]!, numbers[i + 1]!])
    if (letter === 'M') points.push(...way)
    else points.push(...sampled(letter === 'L' || letter === 'H' || letter === 'V' ? [last, way[0]!] : [last, ...way]))
  }
  return points
}

/** Points along a Bézier curve of any degree (de Casteljau). */
function sampled(control: readonly Point[]): Point[] {
  return Array.from({ length: 65 }, (_, i) => {
    let level = [...control]
    while (level.length > 1) {
      level = level.slice(1).map(([x, y], k): Point => {
        const [a, b] = level[k]!
        return [a + ((x - a) * i) / 64, b + ((y - b) * i) / 64]
      })
    }
    return level[0]!
  })
}
