import type { Document } from '../document/document.js'
import type { ValidationEvent } from '../training/events.js'
import type { TrainingSettings } from '../training/settings.js'
import { compareDocuments, type Comparison } from './compare.js'
import { changesOf, type Change } from './values.js'

/** What two runs are compared by. */
export interface ComparedRun {
  readonly document: Document
  readonly settings: TrainingSettings
  readonly validation?: ValidationEvent | undefined
}

/** How two runs differ: in their nets, in their settings, and in what came of it. */
export interface RunComparison {
  readonly net: Comparison
  readonly settings: readonly Change[]
  /** Loss and accuracy at the last validation: `loss`, `main accuracy`, …; all of them, equal or not. */
  readonly results: readonly { readonly name: string; readonly before?: number; readonly after?: number }[]
}

/** Compare two runs; never throws. */
export function compareRuns(before: ComparedRun, after: ComparedRun): RunComparison {
  const [one, other] = [resultsOf(before), resultsOf(after)]
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])]
  return {
    net: compareDocuments({ ...before.document, training: {} }, { ...after.document, training: {} }),
    settings: changesOf({ ...before.settings }, { ...after.settings }),
    results: names.map((name) => ({
      name,
      ...(one[name] !== undefined && { before: one[name] }),
      ...(other[name] !== undefined && { after: other[name] }),
    })),
  }
}

function resultsOf({ validation }: ComparedRun): Readonly<Record<string, number>> {
  if (!validation) return {}
  const heads = Object.entries(validation.heads).flatMap(([id, { loss, accuracy }]) => [
    [`${id} loss`, loss] as const,
    [`${id} accuracy`, accuracy] as const,
  ])
  return { loss: validation.loss, ...Object.fromEntries(heads) }
}
