import { useLoaded } from '../../stores/cache.js'
import { useEngine, useServices } from '../../stores/services.js'
import { setEngineHint, useSettings } from '../../stores/settings.js'
import { openDialog } from '../../stores/view.js'
import { Button } from '../../ui/Button.js'
import { workWords } from './words.js'
import './engine.css'

/** Below the choice of a device: how far an installation is, or where TensorFlow is missing, that it can be had. */
export function EngineRow() {
  const services = useServices()
  const { work } = useEngine()
  const devices = useLoaded(services.devices, '')
  const isHinted = useSettings((s) => s.engineHint)
  const known = devices.state === 'ready' ? devices.value : []
  const words = useWorkWords()
  const missing = known.length > 0 && !known.some(({ runtime, available }) => runtime === 'TensorFlow' && available)
  const show = () => openDialog({ kind: 'engine' })
  if (words !== undefined) {
    return (
      <div className="engine-row">
        <small role={work.state === 'failed' ? 'alert' : 'status'}>{words}</small>
        <Button kind="quiet" onPress={show}>
          Show
        </Button>
      </div>
    )
  }
  if (!missing || !isHinted) return undefined
  return (
    <div className="engine-row">
      <small>TensorFlow takes about two thirds of the time.</small>
      <Button kind="quiet" onPress={show}>
        Get the fast engine…
      </Button>
      <Button kind="quiet" onPress={() => setEngineHint(false)}>
        Not now
      </Button>
    </div>
  )
}

/** What is being done about the engine, in a line; `undefined` while that is nothing. */
function useWorkWords(): string | undefined {
  const { work } = useEngine()
  const services = useServices()
  // What is announced is known to whoever opened the dialog; after a reload it is asked for again.
  const facts = useLoaded(services.engineFacts, work.state === 'installing' ? '' : undefined)
  return workWords(work, facts.state === 'ready' ? facts.value : undefined)
}
