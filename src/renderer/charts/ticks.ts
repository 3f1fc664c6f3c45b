export interface Tick {
  readonly at: number
  readonly label: string
}

/** Marks below a chart over steps: whole epochs once there are two of them, numbers of steps before. */
export function stepTicks(last: number, stepsPerEpoch: number | undefined, wanted: number): Tick[] {
  if (last === 0) return [{ at: 0, label: '0' }]
  const epochs = stepsPerEpoch ? last / stepsPerEpoch : 0
  if (stepsPerEpoch && epochs >= 2) {
    const every = everyOf(epochs, wanted)
    return multiples(epochs, every).map((n) => ({ at: n * stepsPerEpoch, label: n === 0 ? '0' : `epoch ${n}` }))
  }
  const every = everyOf(last, wanted)
  return multiples(last, every).map((n) => ({ at: n, label: n === 0 ? '0' : `step ${n.toLocaleString('en')}` }))
}

/** Whole units between marks: about as many marks as wanted, and at least one besides zero. */
function everyOf(last: number, wanted: number): number {
  const every = niceStep(last / wanted)
  return Math.max(1, every > last ? niceStep(last / 5) : every)
}

/** The smallest of 1, 2, 5 times a power of ten that is not below `value`. */
function niceStep(value: number): number {
  if (!(value > 0)) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  const factor = [1, 2, 5, 10].find((f) => f * power >= value * (1 - 1e-9)) ?? 10
  return factor * power
}

function multiples(last: number, every: number): number[] {
  return Array.from({ length: Math.floor(last / every + 1e-9) + 1 }, (_, i) => i * every)
}
