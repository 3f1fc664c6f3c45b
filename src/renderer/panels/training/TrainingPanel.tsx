import { ChartLine, Hourglass } from 'lucide-react'
import { Dialog, DialogTrigger } from 'react-aria-components/Dialog'
import { Popover } from 'react-aria-components/Popover'
import { Button } from '../../ui/Button.js'
import { EmptyState } from '../../ui/EmptyState.js'
import { RunCharts } from '../../charts/RunCharts.js'
import { canResume, isActive, type Run } from '../../stores/run.js'
import { useRuns, useServices } from '../../stores/services.js'
import { Mixer } from './Mixer.js'
import { Notes } from './Notes.js'
import { ResumeButton } from './ResumeButton.js'
import { SettingsForm } from './SettingsForm.js'
import { TrainButton } from './TrainButton.js'
import { useSettingsOf, useShownRun } from './useTraining.js'
import './training.css'

/** Where a net is trained: what keeps it from that, the settings or the live charts, and the weights of the heads. */
export function TrainingPanel() {
  const run = useShownRun()
  return (
    <div className="dock-panel">
      <Notes />
      <div className="dock-body">
        {run ? <Charts run={run} /> : <Settings />}
        <div className="training-side">
          <Mixer run={run} />
          <div className="training-steps">
            {run && <SettingsPopover />}
            {run && canResume(run) ? <ResumeButton run={run} /> : <TrainButton inPanel />}
          </div>
        </div>
      </div>
    </div>
  )
}

function Settings() {
  const { settings, change } = useSettingsOf()
  return (
    <section className="training-settings scroll" aria-label="Training settings">
      <SettingsForm settings={settings} onChange={change} />
    </section>
  )
}

function SettingsPopover() {
  return (
    <DialogTrigger>
      <Button>Settings</Button>
      <Popover className="popover settings-popover" placement="top end" offset={6}>
        <Dialog className="settings-dialog" aria-label="Training settings">
          <p className="muted">For the next run; they are kept in the document.</p>
          <PopoverForm />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function PopoverForm() {
  const { settings, change } = useSettingsOf()
  return <SettingsForm settings={settings} onChange={change} />
}

function Charts({ run }: { readonly run: Run }) {
  const { runs } = useServices()
  const version = useRuns((state) => state.version)
  if (!run.step) return <NoStep run={run} />
  return (
    <section className="training-charts" aria-label={`Charts of ${run.name}`}>
      <RunCharts
        metrics={runs.metrics(run.id)}
        version={version}
        heads={run.heads}
        stepsPerEpoch={run.start?.stepsPerEpoch}
        now={isActive(run) ? run.step?.step : undefined}
      />
    </section>
  )
}

function NoStep({ run }: { readonly run: Run }) {
  if (isActive(run)) {
    return (
      <EmptyState icon={Hourglass} title="Getting ready">
        The images are read and the training step is compiled; the curves begin with the first step.
      </EmptyState>
    )
  }
  return <EmptyState icon={ChartLine} title="This run ended before its first step" />
}
