import type { Document } from '../../document/document.js'
import type { Issue } from '../../errors.js'
import { analyze } from '../analyze.js'

/** A document after all that was offered to mend it, with the titles of what was done, in order. */
export interface Mended {
  readonly document: Document
  readonly done: readonly string[]
}

/** Fixes in a row; a net that needs more is not mended by them. */
const MOST = 1_000

/**
 * Carry out the fixes that errors carry, one after the other, until none is offered; those of warnings and hints too if asked
 * for, which may remove what leads nowhere. The same document where there are none.
 */
export function mend(document: Document, all = false): Mended {
  const done: string[] = []
  let mended = document
  while (done.length < MOST) {
    const { issues, hints } = analyze(mended)
    const errors = issues.filter(({ severity }) => severity === 'error')
    const fix = nextFix([...errors, ...(all ? [...issues, ...hints] : [])])
    const next = fix?.command(mended)
    if (!fix || !next || next === mended) break
    mended = next
    done.push(fix.title)
  }
  return { document: mended, done }
}

/** The first fix, but a head comes last: before, it would stand behind what is broken. */
function nextFix(issues: readonly Issue[]) {
  const mendable = issues.filter(({ fix }) => fix)
  return (mendable.find(({ code }) => code !== 'graph/no-head') ?? mendable[0])?.fix
}
