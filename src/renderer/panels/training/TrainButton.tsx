import { Pause, Play } from 'lucide-react'
import { useRuns, useServices } from '../../stores/services.js'
import { settings, showDock } from '../../stores/settings.js'
import { Button, type Icon } from '../../ui/Button.js'
import { useActiveRun, useObstacles, useStart } from './useTraining.js'

/** The button of the top bar says `Train` and `Pause`; the one of the panel is quieter and says it in full. */
export function TrainButton({ inPanel = false }: { readonly inPanel?: boolean }) {
  const { runs } = useServices()
  const active = useActiveRun()
  const sending = useRuns((state) => state.launch.state === 'sending')
  const { list, reading } = useObstacles()
  const start = useStart()
  const look = (icon: Icon) => (inPanel ? { kind: 'outlined' as const } : { kind: 'primary' as const, icon })
  if (active) {
    const stop = () => void runs.stop(active.id)
    return (
      <Button {...look(Pause)} isDisabled={active.state === 'stopping'} onPress={stop}>
        {inPanel ? 'Pause training' : 'Pause'}
      </Button>
    )
  }
  // Who starts a run wants to see it, unless it is its gradients that are being watched.
  const begin = () => {
    start()
    if (settings.getState().dockTab !== 'gradients') showDock('training')
  }
  return (
    <Button {...look(Play)} isDisabled={sending || reading || list.length > 0} onPress={begin}>
      {inPanel ? 'Train this net' : 'Train'}
    </Button>
  )
}
