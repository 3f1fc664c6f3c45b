import type { NodeLook } from '../../../shared/training/events.js'

/** Whole powers of ten that the colours go from and to. */
export interface HeatScale {
  readonly low: number
  readonly high: number
}

/** How a node is coloured: a place on the scale, 0 to 1, or why it has none. */
export type Heat = number | 'none' | 'bad'

/** The scale that holds all gradients; one power of ten at least. */
export function heatScale(looks: readonly NodeLook[]): HeatScale {
  const sizes = looks.flatMap(({ gradient }) => (gradient !== undefined && gradient > 0 ? [Math.log10(gradient)] : []))
  if (sizes.length === 0) return { low: -1, high: 0 }
  const low = Math.floor(Math.min(...sizes))
  // Zero is added for -0, which no one wants to read.
  return { low, high: Math.max(low + 1, Math.ceil(Math.max(...sizes))) + 0 }
}

/** By the size of the gradient at the output of a node, even in powers of ten. */
export function heatOf({ gradient, bad }: NodeLook, { low, high }: HeatScale): Heat {
  if (bad) return 'bad'
  if (gradient === undefined || gradient === 0) return 'none'
  return Math.min(1, Math.max(0, (Math.log10(gradient) - low) / (high - low)))
}

/** Tokens of the scale, cold to hot. */
const COLOURS = 6

/** CSS colour of a place on the scale. */
export function heatColour(share: number): string {
  const at = share * (COLOURS - 1)
  const below = Math.min(COLOURS - 2, Math.floor(at))
  const rest = Math.round(100 * (at - below))
  return `color-mix(in oklab, var(--h${below + 1}) ${rest}%, var(--h${below}))`
}

/** The whole scale as a CSS gradient from left to right. */
export function heatGradient(): string {
  return `linear-gradient(in oklab to right, ${Array.from({ length: COLOURS }, (_, i) => `var(--h${i})`).join(', ')})`
}
