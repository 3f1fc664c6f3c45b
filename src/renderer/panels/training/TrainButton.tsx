import { Play, Square } from 'lucide-react'
import { useRuns, useServices } from '../../stores/services.js'
import { Button } from '../../ui/Button.js'
import { useActiveRun, useObstacles, useStart } from './useTraining.js'

/** Train, or Stop while a run goes on. What keeps it disabled stands in words in the training panel. */
export function TrainButton() {
  const { runs } = useServices()
  const active = useActiveRun()
  const sending = useRuns((state) => state.launch.state === 'sending')
  const { list, reading } = useObstacles()
  const start = useStart()
  if (active) {
    return (
      <Button
        kind="primary"
        icon={Square}
        isDisabled={active.state === 'stopping'}
        onPress={() => void runs.stop(active.id)}
      >
        Stop
      </Button>
    )
  }
  return (
    <Button kind="primary" icon={Play} isDisabled={sending || reading || list.length > 0} onPress={start}>
      Train
    </Button>
  )
}
