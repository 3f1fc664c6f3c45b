import { AppError } from '../../shared/errors.js'
import { parse } from '../../shared/document/file.js'
import { DEVICES, type DeviceName, type TrainingSettings } from '../../shared/training/settings.js'
import type { Dataset } from '../data/dataset.js'
import { openDataset } from '../data/open.js'
import { createExecutor } from '../engine/create-executor.js'
import type { Executor } from '../engine/executor.js'
import { reachAll } from '../engine/cluster.js'
import type { ChosenDevice } from './jobs.js'
import { classesFor, headWeightsFor, sizeNet, wantedSize, type SizedNet } from './net.js'
import type { RunRecord } from './run/runfolder.js'

/** What a training needs in memory, before any state. */
export interface Prepared {
  readonly settings: TrainingSettings
  readonly net: SizedNet
  readonly dataset: Dataset
  readonly classes: readonly string[]
  /** As the settings say. */
  readonly headWeights: Readonly<Record<string, number>>
  /** For whoever prepared it to dispose. */
  readonly executor: Executor
  readonly device: DeviceName
  /** Why this device. */
  readonly reason: string
}

/** Check a document again, open the data and make the executor; errors leave nothing open. */
export async function prepare(
  text: string,
  settings: TrainingSettings,
  chosen?: ChosenDevice,
  workers: readonly string[] = [],
): Promise<Prepared> {
  const document = parse(text)
  const { data, validationShare, seed } = settings
  const dataset = await openDataset(data, { shape: wantedSize(document), validationShare, seed })
  const net = sizeNet(document, dataset.shape)
  const classes = classesFor(dataset, net.heads)
  const headWeights = headWeightsFor(net.heads, settings.headWeights)
  const { device, reason } = await (workers.length > 0 ? ofWorkers(settings, workers) : deviceOf(settings, chosen))
  const executor = createExecutor(net.analysis, {
    device,
    optimizer: settings.optimizer,
    rules: settings,
    ...(workers.length > 0 && { workers }),
  })
  return { settings, net, dataset, classes, headWeights, executor, device, reason }
}

/** As the settings say; what they leave open was chosen before, and else is what every computer has. */
function deviceOf({ device }: TrainingSettings, chosen?: ChosenDevice): ChosenDevice {
  if (device !== 'auto') return { device, reason: 'Chosen in the settings.' }
  return chosen ?? { device: 'onnx-cpu', reason: 'ONNX Runtime on the processor runs on every computer.' }
}

/** Where the settings of a run leave the device open: the one that it had, which alone repeats its steps to the last bit. */
export function deviceBefore(record: Pick<RunRecord, 'device'>): ChosenDevice | undefined {
  const device = DEVICES.find((name) => name === record.device)
  return device && { device, reason: 'As before.' }
}

/** TensorFlow on the workers, which must all be there; `input/invalid` for settings that cannot be shared out. */
async function ofWorkers(settings: TrainingSettings, workers: readonly string[]): Promise<ChosenDevice> {
  if (settings.microBatches > 1) {
    const hint = 'Leave the parts at 1: workers share the batch already.'
    throw new AppError('input/invalid', 'A batch cannot be shared by workers and computed in parts too.', hint)
  }
  const device = settings.device === 'auto' ? 'tensorflow-cpu' : settings.device
  if (device !== 'tensorflow-cpu' && device !== 'tensorflow-gpu') {
    const hint = 'Choose tensorflow-cpu or tensorflow-gpu, or leave the device to auto.'
    throw new AppError('input/invalid', `Workers train with TensorFlow, not on ${device}.`, hint)
  }
  await reachAll(workers)
  return { device, reason: `Every batch is shared by ${workers.length} workers: ${workers.join(', ')}.` }
}
