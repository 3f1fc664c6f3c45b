import { useEngine } from '../../stores/services.js'
import { Disclosure } from '../../ui/Disclosure.js'
import { ScrollArea } from '../training/ScrollArea.js'

/** The last lines of Python and pip, behind a line that opens them. */
export function EngineLog() {
  const { log } = useEngine()
  if (log.length === 0) return undefined
  return (
    <Disclosure title="Log">
      <ScrollArea label="Log of the installation" className="engine-log">
        {log.map((line, i) => (
          <div key={i}>{line}</div>
        ))}
      </ScrollArea>
    </Disclosure>
  )
}
