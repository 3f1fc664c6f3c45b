import { join } from 'node:path'
import type { TrainingEvent } from '../../shared/training/events.js'
import type { TensorMap } from '../engine/executor.js'
import { writeSafetensors } from '../models/safetensors.js'
import { keepCheckpoint, type Position } from './checkpoint.js'
import { appendEvents, createRunFolder, RUN_FILES, writeRecord, type RunRecord } from './runfolder.js'

/** Where a run is kept while it goes on. */
export interface Keeper {
  events(events: readonly TrainingEvent[]): Promise<void>
  /** Weights (all names of `state` given) and the record, each all or nothing. */
  weights(state: TensorMap): Promise<void>
  record(change: Partial<RunRecord>): Promise<void>
  /** Everything that a run needs to go on. */
  checkpoint(position: Position, state: TensorMap): Promise<void>
}

/** Keep a new run in a folder; `file/exists` if there is one already. */
export async function keepIn(folder: string, document: string, first: RunRecord): Promise<Keeper> {
  await createRunFolder(folder, document)
  return keepOn(folder, first)
}

/** Go on keeping a run in its folder, with a record that says so. */
export async function keepOn(folder: string, first: RunRecord): Promise<Keeper> {
  let record = first
  await writeRecord(folder, record)
  return {
    events: (events) => appendEvents(folder, events),
    weights: (state) => writeSafetensors(join(folder, RUN_FILES.weights), state, { format: 'netwright' }),
    async record(change) {
      record = { ...record, ...change }
      await writeRecord(folder, record)
    },
    checkpoint: (position, state) => keepCheckpoint(folder, position, state),
  }
}

/** Keep nothing: a run without a folder. */
export const KEEP_NOTHING: Keeper = {
  events: () => Promise.resolve(),
  weights: () => Promise.resolve(),
  record: () => Promise.resolve(),
  checkpoint: () => Promise.resolve(),
}
