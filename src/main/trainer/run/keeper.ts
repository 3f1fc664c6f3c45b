import { join } from 'node:path'
import type { TrainingEvent } from '../../../shared/training/events.js'
import type { TensorMap } from '../../engine/executor.js'
import { writeSafetensors } from '../../models/safetensors.js'
import { keepCheckpoint, type Position } from './checkpoint.js'
import { appendEvents, createRunFolder, RUN_FILES, writeRecord, type RunRecord } from './runfolder.js'
import { forgetStopWish, isStopWished } from './stop-wish.js'

/** Where a run is kept while it goes on. */
export interface Keeper {
  events(events: readonly TrainingEvent[]): Promise<void>
  /** Weights (all names of `state` given) and the record, each all or nothing. */
  weights(state: TensorMap): Promise<void>
  record(change: Partial<RunRecord>): Promise<void>
  /** Everything that a run needs to go on. */
  checkpoint(position: Position, state: TensorMap): Promise<void>
  /** True once another program asked the run to end after its step. */
  stopWished(): boolean
}

/** What a run begins with that cannot be drawn again from its seed. */
export interface Beginning {
  readonly position: Position
  readonly state: TensorMap
}

/** Keep a new run in a folder; `file/exists` if there is one already. */
export async function keepIn(
  folder: string,
  document: string,
  first: RunRecord,
  beginning?: Beginning,
): Promise<Keeper> {
  await createRunFolder(folder, document)
  // Before the record: a run that is there goes on from what it began with.
  if (beginning) await keepCheckpoint(folder, beginning.position, beginning.state)
  return keepOn(folder, first)
}

/** Go on keeping a run in its folder, with a record that says so. */
export async function keepOn(folder: string, first: RunRecord): Promise<Keeper> {
  let record = first
  await forgetStopWish(folder)
  await writeRecord(folder, record)
  return {
    events: (events) => appendEvents(folder, events),
    weights: (state) => writeSafetensors(join(folder, RUN_FILES.weights), state, { format: 'netwright' }),
    async record(change) {
      record = { ...record, ...change }
      await writeRecord(folder, record)
      if (record.ended !== undefined) await forgetStopWish(folder)
    },
    checkpoint: (position, state) => keepCheckpoint(folder, position, state),
    stopWished: () => isStopWished(folder),
  }
}

/** Keep nothing: a run without a folder. */
export const KEEP_NOTHING: Keeper = {
  events: () => Promise.resolve(),
  weights: () => Promise.resolve(),
  record: () => Promise.resolve(),
  checkpoint: () => Promise.resolve(),
  stopWished: () => false,
}
