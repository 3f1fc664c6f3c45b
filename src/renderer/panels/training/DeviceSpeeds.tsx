import { X } from 'lucide-react'
import { useState } from 'react'
import type { DeviceChoice, DeviceSpeed } from '../../../shared/api.js'
import { print } from '../../../shared/document/file.js'
import { useLoaded, type Loaded } from '../../stores/cache.js'
import { measureKey, useServices } from '../../stores/services.js'
import { Button, IconButton } from '../../ui/Button.js'
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
  return (
    <div className="device-speeds">
      <Answer choice={choice} />
      <IconButton icon={X} label="Close the measurement" onPress={onAgain} />
    </div>
  )
}

function Answer({ choice }: { readonly choice: Exclude<Loaded<DeviceChoice>, { readonly state: 'loading' }> }) {
  if (choice.state === 'failed') return <small role="status">{`${choice.error.message} ${choice.error.hint}`}</small>
  const { device, reason, speeds } = choice.value
  if (speeds.length === 0) return <small role="status">{reason}</small>
  return (
    <ul aria-label="Speed of devices">
      {speeds.map((speed) => (
        <li key={speed.name} className={speed.name === device ? 'device-fastest' : ''}>
          <span className="device-title" title={speed.title}>
            {speed.title}
          </span>
          <span className="number">{speedWords(speed)}</span>
        </li>
      ))}
    </ul>
  )
}

function speedWords({ imagesPerSecond, problem }: DeviceSpeed): string {
  return [imagesPerSecond === undefined ? '' : `${pace(imagesPerSecond)} images/s`, problem].filter(Boolean).join(' · ')
}
