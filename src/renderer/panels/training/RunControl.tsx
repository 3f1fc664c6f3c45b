import { useLoaded } from '../../stores/cache.js'
import type { Run } from '../../stores/run.js'
import { useServices } from '../../stores/services.js'
import { showDock } from '../../stores/settings.js'
import { Button } from '../../ui/Button.js'
import { MemoryChip } from '../memory/MemoryChip.js'
import { dataTitle } from './DataSelect.js'
import { doneShare, shortStatusWords, statusWords } from './progress.js'
import { TrainButton } from './TrainButton.js'
import { useActiveRun, useObstacles, useSettingsOf } from './useTraining.js'
import './training.css'

/** Top bar: what would be trained where, or how far the run is, and the one button for it. */
export function RunControl() {
  const active = useActiveRun()
  return (
    <div className="run-control" role="group" aria-label="Training">
      {active ? <Progress run={active} /> : <Plan />}
      <MemoryChip run={active} />
      <TrainButton />
    </div>
  )
}

function Plan() {
  const services = useServices()
  const { settings } = useSettingsOf()
  const builtin = useLoaded(services.builtin, '')
  const devices = useLoaded(services.devices, '')
  const { list } = useObstacles()
  const data = dataTitle(settings.data, builtin.state === 'ready' ? builtin.value : [])
  const device = devices.state === 'ready' && devices.value.find(({ name }) => name === settings.device)?.title
  const why = list[0]?.message
  return (
    <Button onPress={() => showDock('training')} aria-label={`Training plan: ${data}${why ? `. ${why}` : ''}`}>
      <span className="run-plan">
        {why ? <span className="run-why">{why}</span> : data}
        {!why && device && <small>{device}</small>}
      </span>
    </Button>
  )
}

function Progress({ run }: { readonly run: Run }) {
  const share = doneShare(run)
  return (
    <Button onPress={() => showDock('training')} aria-label={`Progress: ${statusWords(run)}`}>
      <span className="run-progress">
        <span className="run-words">{shortStatusWords(run)}</span>
        <span className="run-track">
          <span className="run-fill" style={{ width: `${100 * (share ?? 0)}%` }} />
        </span>
      </span>
    </Button>
  )
}
