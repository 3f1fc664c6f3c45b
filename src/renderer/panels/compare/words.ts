import type { Change } from '../../../shared/compare/values.js'
import { withTimes } from '../../ui/format.js'

/** What the two sides of a comparison are called. */
export interface Titles {
  readonly before: string
  readonly after: string
}

/** A change of a value: `3×3 → 5×5`, `nothing → 8`. */
export function changeWords({ before, after }: Change): string {
  return `${valueWords(before)} → ${valueWords(after)}`
}

function valueWords(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (typeof value === 'boolean') return value ? 'on' : 'off'
  if (value === null) return 'any'
  if (Array.isArray(value)) return value.map(valueWords).join('×')
  return typeof value === 'object' ? JSON.stringify(value) : withTimes(String(value))
}
