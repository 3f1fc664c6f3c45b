/**
 * Exponential moving average with a time constant of `window` values, corrected for its start (Adam, section 3), so that
 * the first value is the first input. Inputs that are not finite are passed over. `smooth([1, 3], 1)` is about `[1, 2.46]`.
 */
export function smooth(values: Float64Array, window: number): Float64Array {
  const keep = Math.exp(-1 / Math.max(window, 1e-9))
  const result = new Float64Array(values.length)
  let sum = 0
  let weight = 0
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (Number.isFinite(value)) {
      sum = keep * sum + (1 - keep) * value
      weight = keep * weight + (1 - keep)
    }
    result[i] = weight > 0 ? sum / weight : NaN
  }
  return result
}

/** Steps over which a run's curves are smoothed: a tenth of an epoch, within reason. */
export function smoothingWindow(stepsPerEpoch: number | undefined): number {
  return Math.min(200, Math.max(8, (stepsPerEpoch ?? 0) / 10))
}
