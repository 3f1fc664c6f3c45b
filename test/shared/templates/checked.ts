import type { Command } from '../../../src/shared/document/commands.js'
import type { Document } from '../../../src/shared/document/document.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'
import { paperCheck } from '../../../src/shared/templates/paper-check.js'

export const build = (name: string, values = {}) => buildTemplate(templateOf(name)!, values)
export const check = (document: Document) => paperCheck(document, analyze(document))

/** What the check says of a net after edits, and where. */
export function after(document: Document, ...edits: readonly Command[]) {
  const found = check(edits.reduce((edited, command) => command(edited), document))
  if (found?.kind !== 'deviates') return found?.kind
  return [found.first.message, found.first.where]
}
