import { DEFAULT_SETTINGS, OPTIMIZERS, SCHEDULES, type TrainingSettings } from '../../../shared/training/settings.js'
import { Disclosure } from '../../ui/Disclosure.js'
import { NumberField } from '../../ui/NumberField.js'
import { Select } from '../../ui/Select.js'
import { Switch } from '../../ui/Switch.js'
import { MemoryPlan } from '../memory/MemoryPlan.js'
import { EngineRow } from '../engine/EngineRow.js'
import { DataSelect } from './DataSelect.js'
import { DeviceSelect } from './DeviceSelect.js'
import { DeviceSpeeds } from './DeviceSpeeds.js'
import {
  FIRST_NUMBERS,
  RATE_NUMBERS,
  REGULARIZATION_NUMBERS,
  RUN_NUMBERS,
  type NumberSetting,
} from './number-settings.js'

export interface SettingsFormProps {
  readonly settings: TrainingSettings
  /** `burst` joins the keystrokes in one field to one undo step. */
  readonly onChange: (part: Partial<TrainingSettings>, burst: string) => void
}

interface PartProps {
  readonly settings: TrainingSettings
  readonly set: (part: Partial<TrainingSettings>) => void
}

const OPTIMIZER_WORDS = {
  sgd: { title: 'SGD', detail: 'Plain steps against the gradient.' },
  momentum: { title: 'Momentum', detail: 'SGD that keeps nine tenths of its last step; rates around 0.02.' },
  nesterov: { title: 'Nesterov momentum', detail: 'Momentum that looks one step ahead; rates around 0.02.' },
  rmsprop: { title: 'RMSProp', detail: 'Steps divided by the recent size of the gradient; rates around 0.001.' },
  adam: { title: 'Adam', detail: 'A pace for every weight; rates around 0.001.' },
  adamw: { title: 'AdamW', detail: 'Adam that also pulls kernels towards zero, by 1 % of the rate at each step.' },
} as const

const SCHEDULE_WORDS = {
  constant: { title: 'Constant', detail: 'The same rate to the end.' },
  step: { title: 'Steps', detail: 'The rate drops every so many epochs.' },
  exponential: { title: 'Exponential', detail: 'The same drops, spread evenly over the steps.' },
  cosine: { title: 'Cosine', detail: 'Half a wave down to zero at the last step.' },
  'one-cycle': { title: 'One cycle', detail: 'Up for three tenths of the steps, then far down.' },
  plateau: { title: 'Plateau', detail: 'Drops where the validation loss does not fall any more.' },
} as const

/** Everything that, with the net, decides a run: first what every run is asked for, the rest behind a line. */
export function SettingsForm({ settings, onChange }: SettingsFormProps) {
  const set = (part: Partial<TrainingSettings>) => onChange(part, `training/${Object.keys(part).join()}`)
  return (
    <div className="settings">
      <div className="settings-form">
        <div className="settings-wide">
          <DataSelect settings={settings} onChange={set} />
        </div>
        <div className="settings-wide">
          <DeviceSelect value={settings.device} onChange={(device) => set({ device })} />
        </div>
        <div className="settings-wide">
          <MemoryPlan />
        </div>
        <div className="settings-wide settings-below">
          <DeviceSpeeds />
          <EngineRow />
        </div>
        <Select
          label="Optimizer"
          value={settings.optimizer}
          options={OPTIMIZERS.map((id) => ({ id, ...OPTIMIZER_WORDS[id] }))}
          onChange={(optimizer) => set({ optimizer })}
        />
        <Numbers of={FIRST_NUMBERS} settings={settings} set={set} />
        <Select
          label="Schedule"
          value={settings.schedule}
          options={SCHEDULES.map((id) => ({ id, ...SCHEDULE_WORDS[id] }))}
          onChange={(schedule) => set({ schedule })}
        />
        <Numbers of={RATE_NUMBERS} settings={settings} set={set} />
        <div className="settings-switches">
          <Switch label="Shuffle every epoch" value={settings.shuffle} onChange={(shuffle) => set({ shuffle })} />
          <Switch label="Augment: flip, pad-crop" value={settings.augment} onChange={(augment) => set({ augment })} />
        </div>
      </div>
      <More settings={settings} set={set} />
    </div>
  )
}

function More({ settings, set }: PartProps) {
  const numbers = [...REGULARIZATION_NUMBERS, ...RUN_NUMBERS]
  const changed = numbers.filter(({ name }) => settings[name] !== DEFAULT_SETTINGS[name]).length
  return (
    <Disclosure title="More settings" detail={changed > 0 ? `${changed} changed` : undefined}>
      <div className="settings-form">
        <Numbers of={numbers} settings={settings} set={set} />
      </div>
    </Disclosure>
  )
}

function Numbers({ of, settings, set }: PartProps & { readonly of: readonly NumberSetting[] }) {
  const shown = of.filter(({ when }) => when?.(settings) ?? true)
  return shown.map(({ name, label, when: _, times = 1, ...field }) => (
    <NumberField
      key={name}
      label={label}
      {...field}
      value={times === 1 ? settings[name] : Math.round(1000 * times * settings[name]) / 1000}
      onChange={(value) => set({ [name]: value / times })}
    />
  ))
}
