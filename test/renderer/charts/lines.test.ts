import { expect, it } from 'vitest'
import { accuracyLines, lossLines, lossRange } from '../../../src/renderer/charts/lines.js'
import { smooth, smoothingWindow } from '../../../src/renderer/charts/smooth.js'
import { stepTicks } from '../../../src/renderer/charts/ticks.js'
import { valueAt } from '../../../src/renderer/charts/ChartTip.js'
import { emptyMetrics, record } from '../../../src/renderer/stores/metrics.js'
import { stepEvent, validationEvent } from '../events.js'

it('begins a trend at the first value, ends it near a constant, and passes over what is not a number', () => {
  expect(Array.from(smooth(Float64Array.of(1, 3), 1), (v) => Number(v.toFixed(4)))).toEqual([1, 2.4621])
  const late = smooth(
    Float64Array.from({ length: 500 }, (_, i) => (i < 250 ? 4 : 2)),
    10,
  )
  expect(late[499]).toBeCloseTo(2, 8)
  expect(Array.from(smooth(Float64Array.of(NaN, 5, NaN), 3))).toEqual([NaN, 5, 5])
})

it('smooths over a tenth of an epoch within limits', () => {
  expect([undefined, 20, 500, 9000].map(smoothingWindow)).toEqual([8, 8, 50, 200])
})

it('marks steps in the first epoch and whole epochs later', () => {
  expect(stepTicks(120, 187, 4)).toEqual([
    { at: 0, label: '0' },
    { at: 50, label: 'step 50' },
    { at: 100, label: 'step 100' },
  ])
  expect(stepTicks(800, 200, 2)).toEqual([
    { at: 0, label: '0' },
    { at: 400, label: 'epoch 2' },
    { at: 800, label: 'epoch 4' },
  ])
  expect(stepTicks(1, undefined, 4)).toEqual([
    { at: 0, label: '0' },
    { at: 1, label: 'step 1' },
  ])
})

it('draws each head in its own colour and dash, alike in both charts', () => {
  const metrics = emptyMetrics()
  record(metrics, stepEvent(1, { main: [2, 0.25], aux: [3, 0.5] }))
  record(metrics, validationEvent(1, 1, { main: [1.5, 0.5], aux: [2.5, 0.75] }))
  const plain = (lines: ReturnType<typeof lossLines>) =>
    lines.map(({ key, color, dash, x, y }) => [key, color, dash, Array.from(x), Array.from(y)])
  expect(plain(lossLines(metrics, ['main', 'aux'], 10))).toEqual([
    ['main/faint', '--s1', [], [1], [2]],
    ['main/strong', '--s1', [], [1], [2]],
    ['main/points', '--s1', [], [1], [1.5]],
    ['aux/faint', '--s2', [6, 3], [1], [3]],
    ['aux/strong', '--s2', [6, 3], [1], [3]],
    ['aux/points', '--s2', [6, 3], [1], [2.5]],
  ])
  expect(plain(accuracyLines(metrics, ['main', 'aux'], 10))).toEqual([
    ['main/strong', '--s1', [], [1], [0.25]],
    ['main/points', '--s1', [], [1], [0.5]],
    ['aux/strong', '--s2', [6, 3], [1], [0.5]],
    ['aux/points', '--s2', [6, 3], [1], [0.75]],
  ])
})

it('fits the loss axis to the trends and lets a lone spike leave the picture', () => {
  const metrics = emptyMetrics()
  for (let step = 1; step <= 200; step++) record(metrics, stepEvent(step, { main: [step === 100 ? 90 : 2, 0] }))
  const [low, high] = lossRange(lossLines(metrics, ['main'], 10))
  const trend = Math.max(...lossLines(metrics, ['main'], 10)[1]!.y)
  expect(low).toBe(0)
  expect(high).toBeGreaterThan(trend)
  expect(high).toBeLessThan(90)
  expect(lossRange([])).toEqual([0, 1])
})

it('reads the newest value at or before a step', () => {
  const line = { x: Float64Array.of(10, 20, 30), y: Float64Array.of(1, NaN, 3) }
  expect([5, 10, 19, 20, 35].map((step) => valueAt(line, step))).toEqual([undefined, 1, 1, undefined, 3])
})
