import { useState } from 'react'
import type { DeviceSpeed } from '../../../shared/api.js'
import { print } from '../../../shared/document/file.js'
import { useLoaded } from '../../stores/cache.js'
import { measureKey, useServices } from '../../stores/services.js'
import { Button } from '../../ui/Button.js'
import { useNet } from './net.js'
import { pace } from './progress.js'
import { settingsToSend } from './settings.js'
import { useActiveRun, useObstacles, useShownRun } from './useTraining.js'

/** Why the shown run trains where it does, and how fast each device is with the shown net, measured when asked for. */
export function DeviceSpeeds() {
  const { document, analysis, isOpen } = useNet()
  const [asked, ask] = useState<string>()
  const run = useShownRun()
  const busy = useActiveRun() !== undefined
  const blocked = useObstacles().list.length > 0
  const key = () => measureKey(print(document), settingsToSend(document, analysis))
  const reason = run?.settings.device === 'auto' ? run.start?.deviceReason : undefined
  if (asked !== undefined) return <Measured of={asked} onAgain={() => ask(undefined)} />
  return (
    <div className="device-speeds">
      {reason && <small>{reason}</small>}
      <Button kind="quiet" isDisabled={!isOpen || busy || blocked} onPress={() => ask(key())}>
        Measure devices with this net
      </Button>
    </div>
  )
}

function Measured({ of, onAgain }: { readonly of: string; readonly onAgain: () => void }) {
  const choice = useLoaded(useServices().speeds, of)
  if (choice.state === 'loading') {
    return <small role="status">Every device trains the net for two seconds …</small>
  }
  const words = choice.state === 'failed' ? `${choice.error.message} ${choice.error.hint}` : choice.value.reason
  const speeds = choice.state === 'failed' ? [] : choice.value.speeds
  return (
    <div className="device-speeds">
      <small role="status">{words}</small>
      {speeds.length > 0 && (
        <ul aria-label="Speed of devices">
          {speeds.map((speed) => (
            <li key={speed.name}>
              <small>{`${speed.title}: ${speedWords(speed)}`}</small>
            </li>
          ))}
        </ul>
      )}
      <Button kind="quiet" onPress={onAgain}>
        Close
      </Button>
    </div>
  )
}

function speedWords({ imagesPerSecond, problem }: DeviceSpeed): string {
  return [imagesPerSecond === undefined ? '' : `${pace(imagesPerSecond)} images/s`, problem].filter(Boolean).join(' · ')
}
