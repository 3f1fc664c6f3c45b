import { MemoryStick } from 'lucide-react'
import { fitOf } from '../../../shared/training/memory-need.js'
import { useLoaded } from '../../stores/cache.js'
import type { Run } from '../../stores/run.js'
import { useServices } from '../../stores/services.js'
import { showDock } from '../../stores/settings.js'
import { Button } from '../../ui/Button.js'
import { bytesWords } from '../export/words.js'
import { useMemory } from './useMemory.js'
import { memorySentence } from './words.js'
import './memory.css'

/** Top bar: the memory that the run has had, or that the shown net would take, coloured where that is too much. */
export function MemoryChip({ run }: { readonly run: Run | undefined }) {
  return run ? <Had run={run} /> : <WouldTake />
}

function Had({ run }: { readonly run: Run }) {
  const devices = useLoaded(useServices().devices, '')
  if (!run.memory) return undefined
  const known = devices.state === 'ready' ? devices.value : []
  const total = known.find(({ name }) => name === run.start?.device)?.memory
  const words = `${bytesWords(run.memory.peak)}${total === undefined ? '' : ` of ${bytesWords(total)}`}`
  return <Chip label={`Memory of the run: ${words}.`} words={words} fit="fits" />
}

function WouldTake() {
  const estimate = useMemory()
  if (!estimate) return undefined
  const { needed, total, free = total } = estimate
  const words = free === undefined ? bytesWords(needed) : `${bytesWords(needed)} of ${bytesWords(free)}`
  return <Chip label={memorySentence(estimate)} words={words} fit={fitOf(needed, estimate)} />
}

function Chip({ label, words, fit }: { readonly label: string; readonly words: string; readonly fit: string }) {
  return (
    <Button icon={MemoryStick} aria-label={label} onPress={() => showDock('training')}>
      <span className={`memory-chip memory-chip-${fit}`}>{words}</span>
    </Button>
  )
}
