import { memo, startTransition, useEffect, useRef, useState, type RefObject } from 'react'
import { PictureView } from '../../ui/PictureView.js'
import { shownOf, type Entry } from './entries.js'

export interface EntryCardProps {
  readonly entry: Entry
  readonly isChosen: boolean
  readonly onChoose: (entry: Entry) => void
  readonly onCreate: (entry: Entry) => void
}

/** A template or block with its drawing and numbers, which are worked out when the card first comes into sight. */
export const EntryCard = memo(function EntryCard({ entry, isChosen, onChoose, onCreate }: EntryCardProps) {
  const card = useRef<HTMLButtonElement>(null)
  const seen = useSeen(card)
  return (
    <button
      ref={card}
      type="button"
      className={`card${isChosen ? ' card-on' : ''}`}
      aria-pressed={isChosen}
      aria-label={entry.title}
      onClick={() => onChoose(entry)}
      onDoubleClick={() => onCreate(entry)}
    >
      {seen ? <Small entry={entry} /> : <span className="thumbnail" />}
      <span className="card-title">{entry.title}</span>
      <span className="card-numbers">{seen ? <Numbers entry={entry} /> : '…'}</span>
      <span className="card-doc">{entry.doc}</span>
    </button>
  )
})

function Small({ entry }: { readonly entry: Entry }) {
  return <PictureView picture={shownOf(entry).picture} className="thumbnail" decorative />
}

function Numbers({ entry }: { readonly entry: Entry }) {
  return shownOf(entry).numbers.map((number) => <span key={number}>{number}</span>)
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
