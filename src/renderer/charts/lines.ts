import type { Metrics } from '../stores/metrics.js'
import { words } from '../ui/format.js'
import { smooth, smoothingWindow } from './smooth.js'

/** How a line is drawn: `faint` raw values, a `strong` trend, `points` joined by a thin line. */
export type LineStyle = 'faint' | 'strong' | 'points'

/** One line of a chart over steps; colour and dash belong to the head, so that every chart tells heads apart alike. */
export interface Line {
  readonly key: string
  readonly label: string
  readonly color: string
  readonly dash: readonly number[]
  readonly style: LineStyle
  readonly x: Float64Array
  readonly y: Float64Array
}

const COLORS = ['--s1', '--s2', '--s3', '--s4', '--s5', '--s6'] as const
const DASHES = [[], [6, 3], [2, 3], [9, 3, 2, 3], [4, 2], [1, 2]] as const

/** Colour token and dash of a head by its place. */
export function headLook(index: number): { readonly color: string; readonly dash: readonly number[] } {
  return { color: COLORS[index % COLORS.length]!, dash: DASHES[index % DASHES.length]! }
}

/** Loss of each head: the raw batch losses, their trend, and the validation loss after each epoch. */
export function lossLines(metrics: Metrics, heads: readonly string[], stepsPerEpoch: number | undefined): Line[] {
  const window = smoothingWindow(stepsPerEpoch)
  return heads.flatMap((head, index) => {
    const raw = metrics.train.heads.get(head)?.loss.values ?? NONE
    const validation = metrics.validation.heads.get(head)?.loss.values ?? NONE
    const x = metrics.train.step.values
    return [
      { ...line(head, index, 'faint'), label: `${words(head)}, each batch`, x, y: raw },
      { ...line(head, index, 'strong'), label: `${words(head)}, training`, x, y: smooth(raw, window) },
      {
        ...line(head, index, 'points'),
        label: `${words(head)}, validation`,
        x: metrics.validation.step.values,
        y: validation,
      },
    ]
  })
}

/** Accuracy of each head, 0 to 1: the trend over training batches, and the validation accuracy after each epoch. */
export function accuracyLines(metrics: Metrics, heads: readonly string[], stepsPerEpoch: number | undefined): Line[] {
  const window = 2 * smoothingWindow(stepsPerEpoch)
  return heads.flatMap((head, index) => {
    const raw = metrics.train.heads.get(head)?.accuracy.values ?? NONE
    const validation = metrics.validation.heads.get(head)?.accuracy.values ?? NONE
    return [
      {
        ...line(head, index, 'strong'),
        label: `${words(head)}, training`,
        x: metrics.train.step.values,
        y: smooth(raw, window),
      },
      {
        ...line(head, index, 'points'),
        label: `${words(head)}, validation`,
        x: metrics.validation.step.values,
        y: validation,
      },
    ]
  })
}

const NONE = new Float64Array(0)

function line(head: string, index: number, style: LineStyle) {
  return { key: `${head}/${style}`, style, ...headLook(index) }
}

/** Range of a loss axis: from zero to above every trend and point; lone spikes of a batch may be cut at half as much again. */
export function lossRange(lines: readonly Line[]): readonly [number, number] {
  const trend = highest(lines.filter((l) => l.style !== 'faint'))
  const raw = highest(lines.filter((l) => l.style === 'faint'))
  const top = Math.min(raw, 1.5 * trend)
  return [0, top > 0 ? 1.05 * Math.max(top, trend) : 1]
}

function highest(lines: readonly Line[]): number {
  let top = -Infinity
  for (const { y } of lines) for (const value of y) if (Number.isFinite(value) && value > top) top = value
  return top
}
