import type { Analysis } from '../../shared/graph/graph.js'
import type { HeadWeightsEvent, TrainingEvent, ValidationEvent } from '../../shared/training/events.js'
import type { Plateau } from '../../shared/training/schedules.js'
import type { TrainingSettings } from '../../shared/training/settings.js'
import type { Dataset } from '../data/dataset.js'
import type { Executor } from '../engine/executor.js'

type HeadWeights = Readonly<Record<string, number>>

/** Everything the loop needs; it knows nothing of files and processes. */
export interface Plan {
  readonly settings: TrainingSettings
  readonly analysis: Analysis
  readonly dataset: Dataset
  readonly executor: Executor
  /** Updates to make. */
  readonly steps: number
  readonly stepsPerEpoch: number
  /** Wishes for head weights of an earlier part of the run, to be repeated before the same updates. */
  readonly wishes: readonly HeadWeightsEvent[]
  emit(event: TrainingEvent): void
  stopped(): boolean
  /** Head weights that were wished for since the last call. */
  wished(): HeadWeights | undefined
  /** Called within an epoch as often as the settings say. */
  checkpoint(step: number): Promise<void>
  /** Called after each epoch and when it stops, with the number of updates made. */
  keep(step: number, validation?: ValidationEvent): Promise<void>
  /** Called after the first update and after each epoch. */
  tellMemory(step: number): void
}

/** How far a training is; whoever has to tell when the loop fails reads it too. */
export interface Progress {
  /** Updates made. */
  step: number
  /** Updates after which the last epoch was closed, with its validation. */
  closed: number
  headWeights: HeadWeights
  /** What the validations say to the schedule. */
  plateau: Plateau
}
