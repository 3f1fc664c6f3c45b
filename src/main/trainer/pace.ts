/** Time over which the speed is averaged: long enough to be calm, short enough to show a change. */
const WINDOW_MS = 3000

/** Images per second over the last seconds, by a clock that never jumps. */
export function paceMeter(now: () => number = () => performance.now()): (images: number) => number {
  const marks: { at: number; total: number }[] = [{ at: now(), total: 0 }]
  return (images) => {
    const at = now()
    const total = (marks.at(-1)?.total ?? 0) + images
    marks.push({ at, total })
    while (marks.length > 2 && at - (marks[1]?.at ?? at) >= WINDOW_MS) marks.shift()
    const first = marks[0] as (typeof marks)[number]
    return at > first.at ? ((total - first.total) * 1000) / (at - first.at) : 0
  }
}
