import { isActive, type Run } from '../../stores/run.js'
import { useRuns, useServices } from '../../stores/services.js'
import { Button } from '../../ui/Button.js'

/** Goes on with a run where it ended early. */
export function ResumeButton({ run }: { readonly run: Run }) {
  const { runs } = useServices()
  const busy = useRuns((state) => state.launch.state === 'sending' || state.runs.some(isActive))
  return (
    <Button isDisabled={busy} onPress={() => void runs.resume(run.id)}>
      Resume
    </Button>
  )
}
