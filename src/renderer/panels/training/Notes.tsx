import { smallerBatch } from '../../../shared/training/smaller-batch.js'
import { editRoot } from '../../stores/document.js'
import { showDock } from '../../stores/settings.js'
import { useRuns, useServices } from '../../stores/services.js'
import { Button } from '../../ui/Button.js'
import { Callout } from './Callout.js'
import { useActiveRun, useObstacles, useShownRun, useStart, useSettingsOf } from './useTraining.js'

/** What keeps the net from being trained, what a start was refused for, and what ended the shown run; each is said once. */
export function Notes() {
  const launch = useRuns((state) => state.launch)
  const run = useShownRun()
  const { runs } = useServices()
  const [obstacle] = useObstacles().list
  const ended = run?.state === 'failed' ? run.error.message : undefined
  const refused = launch.state === 'refused' && launch.error.message !== ended ? launch.error : undefined
  return (
    <>
      {refused && refused.message !== obstacle?.message && (
        <Callout kind="error" message={refused.message} hint={refused.hint} onDismiss={runs.dismiss} />
      )}
      <Failure />
      {obstacle?.message !== ended && <Obstacles />}
    </>
  )
}

function Failure() {
  const run = useShownRun()
  const start = useStart()
  const busy = useActiveRun() !== undefined
  const blocked = useObstacles().list.length > 0
  const { settings, change } = useSettingsOf()
  if (run?.state !== 'failed') return undefined
  const full = run.error.code === 'device/out-of-memory' && settings.batch >= run.settings.batch
  const batch = full ? smallerBatch(run.settings.batch) : undefined
  return (
    <Callout
      kind="error"
      message={run.error.message}
      hint={run.error.hint}
      action={
        batch === undefined ? (
          <Button isDisabled={busy || blocked} onPress={start}>
            Train again
          </Button>
        ) : (
          <Button onPress={() => change({ batch })}>{`Set the batch to ${batch}`}</Button>
        )
      }
    />
  )
}

/** The first obstacle with its fix; the others are counted. While a run goes on, nothing can be started anyway. */
function Obstacles() {
  const { list } = useObstacles()
  const busy = useActiveRun() !== undefined
  const [first] = list
  if (busy || !first) return undefined
  const { fix } = first
  return (
    <Callout
      kind="warning"
      message={list.length > 1 ? `1 of ${list.length}: ${first.message}` : first.message}
      hint={first.hint}
      action={
        fix ? (
          <Button onPress={() => editRoot(fix.command)}>{fix.title}</Button>
        ) : (
          list.length > 1 && (
            <Button kind="quiet" onPress={() => showDock('problems')}>
              Show all
            </Button>
          )
        )
      }
    />
  )
}
