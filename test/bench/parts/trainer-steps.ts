import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openDataset } from '../../../src/main/data/open.js'
import { createExecutor } from '../../../src/main/engine/create-executor.js'
import { loop } from '../../../src/main/trainer/loop.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { initialState } from '../../../src/shared/program/initial-state.js'
import { hash } from '../../../src/shared/random.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'
import { NO_PLATEAU } from '../../../src/shared/training/schedules.js'
import { DEFAULT_SETTINGS, type DeviceName } from '../../../src/shared/training/settings.js'
import { answers } from './answers.js'
import type { Plan, Progress } from '../../../src/main/trainer/plan.js'

/**
 * Trains a template as the trainer does: its loop reads images from a data set in a new order, flips and moves them, and tells
 * every step.
 */
const [name = '', batchText = '', device = 'onnx-cpu'] = process.argv.slice(2)
const settings = { ...DEFAULT_SETTINGS, batch: Number(batchText), device: device as DeviceName, validationShare: 0 }
const analysis = analyze(buildTemplate(templateOf(name)!))
const shape = analysis.input!.shape as [number, number, number]
const dataset = await written()
const executor = createExecutor(analysis, { device: settings.device, optimizer: settings.optimizer })
executor.setState(initialState(analysis, 1))

let told: number[] = []
let target = 0
const plan: Plan = {
  settings,
  analysis,
  dataset,
  executor,
  steps: Infinity,
  stepsPerEpoch: dataset.train.count / settings.batch,
  wishes: [],
  emit: (event) => void (event.type === 'step' && told.push(performance.now())),
  stopped: () => told.length > target,
  wished: () => undefined,
  checkpoint: () => Promise.resolve(),
  keep: () => Promise.resolve(),
  tellMemory: () => undefined,
}
const progress: Progress = { step: 0, closed: 0, headWeights: {}, plateau: NO_PLATEAU }
await answers(analysis.parameters.trainable, async (steps) => {
  told = []
  target = steps
  await loop(plan, progress)
  // The first only begins to read ahead, which would be unfair to count.
  return told.slice(1).map((time, i) => time - (told[i] as number))
})

/** Coloured noise as IDX files, eight batches of bytes. */
async function written() {
  const folder = await mkdtemp(join(tmpdir(), 'netwright-bench-'))
  const count = 8 * settings.batch
  const pixels = Uint8Array.from({ length: count * shape[0] * shape[1] * shape[2] }, (_, i) => hash(1, i))
  const labels = Uint8Array.from({ length: count }, (_, i) => hash(2, i) % 10)
  await writeFile(join(folder, 'train-images-idx4-ubyte'), idx([count, ...shape], pixels))
  await writeFile(join(folder, 'train-labels-idx1-ubyte'), idx([count], labels))
  const data = await openDataset(folder, { shape, validationShare: 0, seed: 1 })
  await rm(folder, { recursive: true })
  return data
}

function idx(sizes: readonly number[], values: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length)
  header.set([0, 0, 8, sizes.length])
  sizes.forEach((size, i) => header.writeUInt32BE(size, 4 + 4 * i))
  return Buffer.concat([header, values])
}
