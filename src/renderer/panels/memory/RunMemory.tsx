import type { Run } from '../../stores/run.js'
import { bytesWords } from '../export/words.js'
import './memory.css'

/** The most memory that a run has had, once it is known. */
export function RunMemory({ run }: { readonly run: Run }) {
  if (!run.memory) return undefined
  return (
    <dl className="memory-run">
      <dt>Memory, at most</dt>
      <dd className="number">{bytesWords(run.memory.peak)}</dd>
    </dl>
  )
}
