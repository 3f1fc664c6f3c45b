import type { Document } from '../document/document.js'
import { analyze } from '../graph/analyze.js'
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
  /** Loss and accuracy at the last validation: `loss`, `main accuracy`, …; all of them, equal or not, the main head first. */
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

function resultsOf({ document, validation }: ComparedRun): Readonly<Record<string, number>> {
  if (!validation) return {}
  const ids = new Set([...analyze(document).heads.map(({ id }) => id), ...Object.keys(validation.heads)])
  const heads = [...ids].flatMap((id) => {
    const measured = validation.heads[id]
    return measured
      ? ([
          [`${id} loss`, measured.loss],
          [`${id} accuracy`, measured.accuracy],
        ] as const)
      : []
  })
  return { loss: validation.loss, ...Object.fromEntries(heads) }
}
