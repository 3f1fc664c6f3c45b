import { FileDown } from 'lucide-react'
import { useState } from 'react'
import { isActive, type Run } from '../../stores/run.js'
import { useRuns } from '../../stores/services.js'
import { Button } from '../../ui/Button.js'
import { ExportDialog } from './ExportDialog.js'

/** Opens the export of the shown run, or of the newest one that has ended. */
export function ExportButton() {
  const [open, setOpen] = useState(false)
  const runs = useRuns((state) => state.runs)
  const shown = useRuns((state) => state.shown)
  return (
    <>
      <Button icon={FileDown} onPress={() => setOpen(true)}>
        Export
      </Button>
      {open && <ExportDialog run={exportable(runs, shown)} onClose={() => setOpen(false)} />}
    </>
  )
}

/** The run whose weights are written. */
function exportable(runs: readonly Run[], shown: string | undefined): Run | undefined {
  const ended = runs.filter((run) => !isActive(run))
  return ended.find((run) => run.id === shown) ?? ended.find((run) => run.state !== 'failed')
}
