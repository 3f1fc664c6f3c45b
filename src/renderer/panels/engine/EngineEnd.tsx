import { CircleCheck } from 'lucide-react'
import {
  ENGINE_TITLES,
  engineOfDevice,
  isTensorFlow,
  type EngineFacts,
  type EngineName,
} from '../../../shared/engine.js'
import { useLoaded } from '../../stores/cache.js'
import { useEngine, useServices } from '../../stores/services.js'
import { Button } from '../../ui/Button.js'
import { useNet } from '../training/net.js'
import { Callout } from '../training/Callout.js'
import { useSettingsOf } from '../training/useTraining.js'
import { EngineLog } from './EngineLog.js'

/** How the last installation or removal ended, and the next step. */
export function EngineEnd({ facts }: { readonly facts: EngineFacts | undefined }) {
  const { work, refused } = useEngine()
  return (
    <>
      {refused && <Callout kind="error" message={refused.message} hint={refused.hint} />}
      {work.state === 'failed' && (
        <>
          <Callout kind="error" message={work.error.message} hint={work.error.hint} />
          <EngineLog />
        </>
      )}
      {work.state === 'ended' && work.how === 'stopped' && (
        <p role="status" className="muted">
          The installation was stopped; nothing of it was kept.
        </p>
      )}
      {work.state === 'ended' && work.how === 'removed' && (
        <p role="status" className="muted">
          {`${ENGINE_TITLES[work.engine]} was removed.`}
        </p>
      )}
      {work.state === 'ended' && work.how === 'installed' && facts && <Installed engine={work.engine} />}
    </>
  )
}

/** The devices are looked at again; the one that came with the engine is offered for the shown net. */
function Installed({ engine }: { readonly engine: EngineName }) {
  const what = ENGINE_TITLES[engine]
  const devices = useLoaded(useServices().devices, '')
  const { isOpen } = useNet()
  const { settings, change } = useSettingsOf()
  if (devices.state === 'loading') return <Done>{`${what} is installed. Looking whether it runs here …`}</Done>
  const known = devices.state === 'ready' ? devices.value : []
  const own = known.filter(({ name }) => isTensorFlow(name) && engineOfDevice(name) === engine)
  const usable = own.findLast(({ available }) => available)
  if (!usable) {
    const why = own[0]
    return (
      <Callout
        kind="error"
        message={`${what} is installed, but it cannot train here. ${why?.detail ?? ''}`}
        {...(why?.hint && { hint: why.hint })}
      />
    )
  }
  if (settings.device === usable.name) return <Done>{`${what} is installed; this net trains on ${usable.title}.`}</Done>
  return (
    <Done>
      {`${what} is installed: ${usable.title} can be used.`}
      {settings.device === 'auto' && ' Automatic measures it with the net before the next training.'}
      {isOpen && <Button onPress={() => change({ device: usable.name })}>Always use it for this net</Button>}
    </Done>
  )
}

function Done({ children }: { readonly children: React.ReactNode }) {
  return (
    <div role="status" className="engine-done">
      <CircleCheck size={16} strokeWidth={1.5} />
      <p>{children}</p>
    </div>
  )
}
