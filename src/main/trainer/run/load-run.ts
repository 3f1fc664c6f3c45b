import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '../../../shared/errors.js'
import { createExecutor } from '../../engine/create-executor.js'
import type { Executor } from '../../engine/executor.js'
import { readNet, type SizedNet } from '../net.js'
import { readRecord, readRunDocument, RUN_FILES, type RunRecord } from './runfolder.js'
import { readWeights } from './start-state.js'

export interface LoadedRun {
  readonly record: RunRecord
  readonly net: SizedNet
  readonly executor: Executor
}

/** A run from its folder, ready to evaluate and predict with its last weights; `run/not-found`. The caller disposes the executor. */
export async function loadRun(folder: string): Promise<LoadedRun> {
  const record = await readRecord(folder)
  const weights = join(folder, RUN_FILES.weights)
  if (!(await stat(weights).catch(() => undefined))) {
    const hint = 'Weights are kept after each epoch and at the end: train further first.'
    throw new AppError('run/not-found', `${folder} has no weights yet.`, hint)
  }
  const net = readNet(await readRunDocument(folder), record.data.shape)
  const executor = createExecutor(net.analysis, { device: record.settings.device })
  try {
    executor.setState(await readWeights(net.analysis, weights))
    return { record, net, executor }
  } catch (error) {
    await executor.dispose()
    throw error
  }
}
