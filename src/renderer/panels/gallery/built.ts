import type { Document } from '../../../shared/document/document.js'
import { buildTemplate, type Template } from '../../../shared/templates/define.js'

const known = new Map<string, Document>()

/** The net that a template draws with its defaults; drawn once. */
export function built(template: Template): Document {
  const existing = known.get(template.name)
  if (existing) return existing
  const document = buildTemplate(template)
  known.set(template.name, document)
  return document
}
