import { ChevronDown } from 'lucide-react'
import { useLoaded } from '../../stores/cache.js'
import { isActive, type Run } from '../../stores/run.js'
import { useRuns, useServices } from '../../stores/services.js'
import { Button, IconButton } from '../../ui/Button.js'
import { Menu } from '../../ui/Menu.js'

/** Goes on with a run where it ended early, on its device or, from a list, on another. */
export function ResumeButton({ run }: { readonly run: Run }) {
  const services = useServices()
  const { runs } = services
  const busy = useRuns((state) => state.launch.state === 'sending' || state.runs.some(isActive))
  const devices = useLoaded(services.devices, '')
  const others = (devices.state === 'ready' ? devices.value : []).filter(
    ({ name, available }) => available && name !== 'auto' && name !== run.start?.device,
  )
  return (
    <div className="resume" role="group" aria-label="Resume">
      <Button isDisabled={busy} onPress={() => void runs.resume(run.id)}>
        Resume
      </Button>
      {others.length > 0 && (
        <Menu
          label="Other devices"
          trigger={<IconButton icon={ChevronDown} label="Resume on another device" isDisabled={busy} />}
          groups={[
            others.map(({ name, title }) => ({
              id: name,
              title: `On ${title}`,
              onAction: () => void runs.resume(run.id, { device: name }),
            })),
          ]}
        />
      )}
    </div>
  )
}
