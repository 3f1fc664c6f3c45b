import { memo, startTransition, useEffect, useRef, useState, type RefObject } from 'react'
import type { Template } from '../../../shared/templates/define.js'
import { analysisOf } from '../../stores/analysis.js'
import { compact } from '../../ui/format.js'
import { built } from './built.js'
import { Thumbnail } from './Thumbnail.js'

export interface TemplateCardProps {
  readonly template: Template
  readonly isChosen: boolean
  readonly onChoose: (template: Template) => void
  readonly onCreate: (template: Template) => void
}

/** A template with its drawing and numbers, which are worked out when the card first comes into sight. */
export const TemplateCard = memo(function TemplateCard({ template, isChosen, onChoose, onCreate }: TemplateCardProps) {
  const card = useRef<HTMLButtonElement>(null)
  const seen = useSeen(card)
  return (
    <button
      ref={card}
      type="button"
      className={`card${isChosen ? ' card-on' : ''}`}
      aria-pressed={isChosen}
      aria-label={template.title}
      onClick={() => onChoose(template)}
      onDoubleClick={() => onCreate(template)}
    >
      {seen ? <Thumbnail document={built(template)} /> : <span className="thumbnail" />}
      <span className="card-title">{template.title}</span>
      <span className="card-numbers">{seen ? <Numbers template={template} /> : '…'}</span>
      <span className="card-doc">{template.doc}</span>
    </button>
  )
})

function Numbers({ template }: { readonly template: Template }) {
  const { parameters, multiplyAdds, heads } = analysisOf(built(template))
  return (
    <>
      <span>{compact(parameters.total)} parameters</span>
      <span>{compact(multiplyAdds)} multiply-adds</span>
      {heads.length > 1 && <span>{heads.length} heads</span>}
    </>
  )
}

/** Whether an element has been in sight, or just below it; where nothing can tell, it has. */
function useSeen(element: RefObject<Element | null>): boolean {
  const [seen, setSeen] = useState(typeof IntersectionObserver === 'undefined')
  useEffect(() => {
    if (seen || !element.current) return undefined
    const observer = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && startTransition(() => setSeen(true)),
      { rootMargin: '160px' },
    )
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [element, seen])
  return seen
}
