import { Meter } from 'react-aria-components/Meter'
import { fitOf, type MemoryRoom } from '../../../shared/training/memory-need.js'
import { shares } from './words.js'
import './memory.css'

export interface MemoryBarProps {
  readonly label: string
  /** Bytes of each part, drawn one after the other. */
  readonly parts: readonly number[]
  readonly room: MemoryRoom
}

/** Bytes beside what is free: the colour says whether they fit, and so does the word beside it. */
export function MemoryBar({ label, parts, room }: MemoryBarProps) {
  const drawn = shares(parts, room)
  const fit = fitOf(
    parts.reduce((sum, part) => sum + part, 0),
    room,
  )
  return (
    <Meter aria-label={label} value={100 * drawn.reduce((sum, share) => sum + share, 0)} className="memory-bar">
      {drawn.map((share, i) => (
        <span key={i} className={`memory-part memory-${fit}`} style={{ width: `${100 * share}%` }} />
      ))}
    </Meter>
  )
}
