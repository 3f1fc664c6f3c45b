import { OPTIMIZERS, type TrainingSettings } from '../../../shared/training/settings.js'
import { NumberField } from '../../ui/NumberField.js'
import { Select } from '../../ui/Select.js'
import { Switch } from '../../ui/Switch.js'
import { DataSelect } from './DataSelect.js'
import { DeviceSelect } from './DeviceSelect.js'

export interface SettingsFormProps {
  readonly settings: TrainingSettings
  /** `burst` joins the keystrokes in one field to one undo step. */
  readonly onChange: (part: Partial<TrainingSettings>, burst: string) => void
}

const OPTIMIZER_WORDS = {
  sgd: { title: 'SGD', detail: 'Plain steps against the gradient.' },
  momentum: { title: 'Momentum', detail: 'SGD that keeps nine tenths of its last step; rates around 0.02.' },
  nesterov: { title: 'Nesterov momentum', detail: 'Momentum that looks one step ahead; rates around 0.02.' },
  rmsprop: { title: 'RMSProp', detail: 'Steps divided by the recent size of the gradient; rates around 0.001.' },
  adam: { title: 'Adam', detail: 'A pace for every weight; rates around 0.001.' },
  adamw: { title: 'AdamW', detail: 'Adam that also pulls kernels towards zero, by 1 % of the rate at each step.' },
} as const

/** Everything that, with the net, decides a run. */
export function SettingsForm({ settings, onChange }: SettingsFormProps) {
  const set = (part: Partial<TrainingSettings>) => onChange(part, `training/${Object.keys(part).join()}`)
  return (
    <div className="settings-form">
      <div className="settings-wide">
        <DataSelect settings={settings} onChange={set} />
      </div>
      <div className="settings-wide">
        <DeviceSelect value={settings.device} onChange={(device) => set({ device })} />
      </div>
      <Select
        label="Optimizer"
        value={settings.optimizer}
        options={OPTIMIZERS.map((id) => ({ id, ...OPTIMIZER_WORDS[id] }))}
        onChange={(optimizer) => set({ optimizer })}
      />
      <NumberField
        label="Learning rate"
        value={settings.learningRate}
        onChange={(learningRate) => set({ learningRate })}
        min={0}
        max={1000}
        step={0.001}
      />
      <NumberField
        label="Batch"
        unit="images"
        value={settings.batch}
        onChange={(batch) => set({ batch })}
        integer
        min={1}
        max={65_536}
      />
      <NumberField
        label="Epochs"
        value={settings.epochs}
        onChange={(epochs) => set({ epochs })}
        integer
        min={1}
        max={1_000_000}
      />
      <NumberField
        label="Weight decay"
        value={settings.weightDecay}
        onChange={(weightDecay) => set({ weightDecay })}
        min={0}
        max={1}
        step={0.0001}
      />
      <NumberField
        label="Clip gradient at norm"
        value={settings.clipNorm}
        onChange={(clipNorm) => set({ clipNorm })}
        min={0}
        max={1e9}
        step={0.5}
      />
      <NumberField
        label="Label smoothing"
        value={settings.labelSmoothing}
        onChange={(labelSmoothing) => set({ labelSmoothing })}
        min={0}
        max={0.99}
        step={0.05}
      />
      <NumberField
        label="Validation share"
        unit="%"
        value={Math.round(1000 * settings.validationShare) / 10}
        onChange={(share) => set({ validationShare: share / 100 })}
        min={0}
        max={90}
        step={5}
      />
      <NumberField
        label="Seed"
        value={settings.seed}
        onChange={(seed) => set({ seed })}
        integer
        min={0}
        max={0xffffffff}
      />
      <div className="settings-switches">
        <Switch label="Shuffle every epoch" value={settings.shuffle} onChange={(shuffle) => set({ shuffle })} />
        <Switch label="Augment: flip, pad-crop" value={settings.augment} onChange={(augment) => set({ augment })} />
      </div>
    </div>
  )
}
