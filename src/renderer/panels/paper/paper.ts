import { CircleAlert, CircleCheck, Info, type LucideIcon } from 'lucide-react'
import type { Document } from '../../../shared/document/document.js'
import { paperCheck, type PaperCheck } from '../../../shared/templates/paper-check.js'
import { analysisOf } from '../../stores/analysis.js'
import { useRoot } from '../../stores/document.js'

const known = new WeakMap<Document, PaperCheck | undefined>()

/** How the shown net stands to its paper, if it was drawn from a template that has one; worked out once per document. */
export function usePaperCheck(): PaperCheck | undefined {
  const document = useRoot()
  if (!document) return undefined
  if (!known.has(document)) known.set(document, paperCheck(document, analysisOf(document)))
  return known.get(document)
}

/** Sign and short words for each outcome. */
export const OUTCOMES: Readonly<Record<PaperCheck['kind'], { readonly icon: LucideIcon; readonly words: string }>> = {
  match: { icon: CircleCheck, words: 'Numbers of the paper' },
  'other-form': { icon: Info, words: 'Form without published numbers' },
  deviates: { icon: CircleAlert, words: 'Not the paper’s net' },
}
