import { useLoaded } from '../../stores/cache.js'
import type { Run } from '../../stores/run.js'
import { useServices } from '../../stores/services.js'
import { bytesWords } from '../export/words.js'
import { MemoryBar } from './MemoryBar.js'

/** The most memory that a run has had, beside what its device has. */
export function RunMemory({ run }: { readonly run: Run }) {
  const devices = useLoaded(useServices().devices, '')
  if (!run.memory) return undefined
  const { peak } = run.memory
  const total =
    devices.state === 'ready' ? devices.value.find(({ name }) => name === run.start?.device)?.memory : undefined
  const words = `${bytesWords(peak)} at most${total === undefined ? '' : ` of ${bytesWords(total)}`}`
  return (
    <section className="memory" aria-label="Memory of the run">
      <div className="memory-head">
        <h2 className="mixer-title">Memory</h2>
        <span className="memory-word number">{words}</span>
      </div>
      <MemoryBar label={`Memory: ${words}`} parts={[peak]} room={total === undefined ? {} : { total }} />
    </section>
  )
}
