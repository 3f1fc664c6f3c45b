import type { Change } from '../../../shared/compare/values.js'
import { valueWords } from '../../ui/format.js'

/** What the two sides of a comparison are called. */
export interface Titles {
  readonly before: string
  readonly after: string
}

/** A change of a value: `3×3 → 5×5`, `nothing → 8`. */
export function changeWords({ before, after }: Change): string {
  return `${valueWords(before)} → ${valueWords(after)}`
}
