import type { TrainingSettings } from '../../../shared/training/settings.js'
import { words } from '../../ui/format.js'

/** Names of settings that are numbers. */
type NumberName = {
  [K in keyof TrainingSettings]-?: TrainingSettings[K] extends number ? K : never
}[keyof TrainingSettings]

export interface NumberSetting {
  readonly name: NumberName
  readonly label: string
  readonly unit?: string
  readonly integer?: boolean
  readonly min: number
  readonly max: number
  /** What the arrow keys add. */
  readonly step?: number
  /** The field shows the value times so much: 100 for shares in percent. */
  readonly times?: number
  /** Shown only where it has an effect. */
  readonly when?: (settings: TrainingSettings) => boolean
}

const decays = ({ schedule }: TrainingSettings) =>
  schedule === 'step' || schedule === 'exponential' || schedule === 'plateau'

/** What every training is asked for. */
export const FIRST_NUMBERS: readonly NumberSetting[] = [
  { name: 'learningRate', label: 'Learning rate', min: 0, max: 1000, step: 0.001 },
  { name: 'batch', label: 'Batch', unit: 'images', integer: true, min: 1, max: 65_536 },
  { name: 'epochs', label: 'Epochs', integer: true, min: 1, max: 1_000_000 },
]

/** How the learning rate moves; beside the choice of a schedule. */
export const RATE_NUMBERS: readonly NumberSetting[] = [
  { name: 'decayEvery', label: 'Drop every', unit: 'epochs', integer: true, min: 1, max: 1_000_000, when: decays },
  { name: 'decayFactor', label: 'Drop to', unit: 'times', min: 0.0001, max: 1, step: 0.1, when: decays },
  { name: 'warmupSteps', label: 'Warm-up', unit: 'steps', integer: true, min: 0, max: 1e9, step: 100 },
]

export const REGULARIZATION_NUMBERS: readonly NumberSetting[] = [
  { name: 'weightDecay', label: 'Weight decay', min: 0, max: 1, step: 0.0001 },
  { name: 'labelSmoothing', label: 'Label smoothing', min: 0, max: 0.99, step: 0.05 },
  { name: 'clipNorm', label: 'Clip gradient at norm', min: 0, max: 1e9, step: 0.5 },
  { name: 'clipValue', label: 'Clip gradient at value', min: 0, max: 1e9, step: 0.1 },
  { name: 'averageDecay', label: 'Average of weights', min: 0, max: 0.999999, step: 0.001 },
]

export const RUN_NUMBERS: readonly NumberSetting[] = [
  { name: 'microBatches', label: 'Batch in parts', unit: 'parts', integer: true, min: 1, max: 65_536 },
  { name: 'validationShare', label: 'Validation share', unit: '%', min: 0, max: 90, step: 5, times: 100 },
  { name: 'seed', label: 'Seed', integer: true, min: 0, max: 0xffffffff },
  { name: 'checkpointEvery', label: 'Checkpoint every', unit: 'steps', integer: true, min: 0, max: 1e9, step: 100 },
  { name: 'probeEvery', label: 'Look inside every', unit: 'steps', integer: true, min: 0, max: 1e9, step: 10 },
]

/** What a setting is called where it is set: `probeEvery` → `Look inside every`. */
export function settingWords(name: string): string {
  const all = [...FIRST_NUMBERS, ...RATE_NUMBERS, ...REGULARIZATION_NUMBERS, ...RUN_NUMBERS]
  return all.find((setting) => setting.name === name)?.label ?? words(name)
}
