import type { Command } from '../../document/commands.js'
import type { Issue } from '../../errors.js'

/** All hints of one kind. */
export interface HintGroup {
  readonly first: Issue
  readonly more: readonly Issue[]
  /** Does what all of them offer, where the first offers something. */
  readonly fix?: Issue['fix']
}

/** Hints by kind, so that fifty of one kind take the place of one. */
export function groupHints(hints: readonly Issue[]): readonly HintGroup[] {
  const kinds = new Map<string, Issue[]>()
  for (const hint of hints) {
    const alike = kinds.get(hint.code)
    if (alike) alike.push(hint)
    else kinds.set(hint.code, [hint])
  }
  return [...kinds.values()].map((all) => {
    const [first, ...more] = all as [Issue, ...Issue[]]
    const fixes = all.flatMap(({ fix }) => (fix ? [fix] : []))
    if (!first.fix || fixes.length < 2) return { first, more, ...(first.fix && { fix: first.fix }) }
    const command: Command = (document) => fixes.reduce((edited, fix) => fix.command(edited), document)
    return { first, more, fix: { title: `${first.fix.title}, and ${fixes.length - 1} more`, command } }
  })
}
