import { MemoryStick } from 'lucide-react'
import { fitOf } from '../../../shared/training/memory-need.js'
import { showDock } from '../../stores/settings.js'
import { Button } from '../../ui/Button.js'
import { bytesWords } from '../export/words.js'
import { useMemory } from './useMemory.js'
import { memorySentence } from './words.js'
import './memory.css'

/** Top bar: what the shown net would take, in a word of its own colour where that is too much. */
export function MemoryChip() {
  const estimate = useMemory()
  if (!estimate) return undefined
  const { needed, total, free = total } = estimate
  const fit = fitOf(needed, estimate)
  return (
    <Button icon={MemoryStick} aria-label={memorySentence(estimate)} onPress={() => showDock('training')}>
      <span className={`memory-chip memory-word-${fit}`}>
        {free === undefined ? bytesWords(needed) : `${bytesWords(needed)} of ${bytesWords(free)}`}
      </span>
    </Button>
  )
}
