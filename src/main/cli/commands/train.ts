import { join, resolve } from 'node:path'
import type { Document } from '../../../shared/document/document.js'
import { AppError } from '../../../shared/errors.js'
import { settingsFrom } from '../../../shared/training/check-settings.js'
import type { TrainingSettings } from '../../../shared/training/settings.js'
import { clusterOf } from '../../engine/cluster.js'
import { dataSpec } from '../../services/data.js'
import { forgetUnbegun, makeRunFolder } from '../../services/run-id.js'
import { makeFolder, namesIn } from '../../storage/folder.js'
import { estimateMemory } from '../../trainer/devices/memory.js'
import { trainable } from '../../services/training.js'
import { oneArgument, readDocument } from '../arguments.js'
import { defineCommand, type Surroundings } from '../command.js'
import { describeMemory, plainMemory } from '../memory-text.js'
import { readNumber, readPair, type Values } from '../options.js'
import { followTraining } from '../progress.js'
import { jsonLine } from '../text.js'

const options = {
  data: {
    kind: 'text',
    value: 'SPEC',
    doc: 'builtin, builtin:NAME, a folder of class folders, IDX or CIFAR files, an .npz.',
  },
  epochs: { kind: 'count', value: 'N', doc: 'How often to go through the data.' },
  steps: { kind: 'count', value: 'N', doc: 'Stop after so many steps, whatever --epochs says.' },
  batch: { kind: 'count', value: 'N', doc: 'Images of one step.' },
  optimizer: { kind: 'text', value: 'NAME', doc: 'sgd, momentum, nesterov, rmsprop, adam or adamw.' },
  'learning-rate': { kind: 'number', value: 'X', doc: 'Size of a step.' },
  'weight-decay': {
    kind: 'number',
    value: 'X',
    doc: 'Pull of kernels towards zero, 0 for none; adamw has 0.01 of its own.',
  },
  'clip-norm': { kind: 'number', value: 'X', doc: 'Longest gradient of all weights together; 0 for any.' },
  'label-smoothing': { kind: 'number', value: 'X', doc: 'Share of the target spread over all classes, 0 to 0.99.' },
  'clip-value': { kind: 'number', value: 'X', doc: 'Largest value of a gradient, before its norm; 0 for any.' },
  schedule: {
    kind: 'text',
    value: 'NAME',
    doc: 'How the rate moves: constant, step, exponential, cosine, one-cycle or plateau.',
  },
  'warmup-steps': { kind: 'count', value: 'N', doc: 'Steps in which the rate climbs to its full size.' },
  'decay-every': {
    kind: 'count',
    value: 'N',
    doc: 'Epochs to a drop of the rate (step, exponential), or without progress (plateau).',
  },
  'decay-factor': { kind: 'number', value: 'X', doc: 'What a drop multiplies the rate with.' },
  'micro-batches': { kind: 'count', value: 'N', doc: 'Compute each batch in so many parts, to save memory.' },
  'average-decay': {
    kind: 'number',
    value: 'X',
    doc: 'Evaluate and export a moving average of the weights, 0.999 for instance; 0 for none.',
  },
  'checkpoint-every': { kind: 'count', value: 'N', doc: 'Steps between checkpoints within an epoch; 0 for none.' },
  'probe-every': {
    kind: 'count',
    value: 'N',
    doc: 'Look at gradients and activations every so many steps; 0 for never.',
  },
  'head-weight': { kind: 'list', value: 'ID=W', doc: 'Weight of a head in the loss; may be repeated.' },
  device: { kind: 'text', value: 'NAME', doc: 'auto, or one of `netwright devices`.' },
  workers: { kind: 'text', value: 'HOST:PORT,…', doc: 'Share every batch with these `netwright worker` processes.' },
  seed: { kind: 'count', value: 'N', doc: 'Seed of everything random.' },
  'no-shuffle': { kind: 'flag', doc: 'Take images in the order of the files.' },
  'no-augment': { kind: 'flag', doc: 'No random flips and crops.' },
  weights: { kind: 'text', value: 'FILE', doc: 'Start from the weights of a .safetensors file.' },
  out: { kind: 'text', value: 'FOLDER', doc: 'Run folder to make; one of the runs at home if left out.' },
  'dry-run': {
    kind: 'flag',
    doc: 'Only say what it would take: memory on the device, beside what is free, and the largest batch.',
  },
  json: { kind: 'flag', doc: 'Print one JSON value per line for every event.' },
} as const

export const train = defineCommand({
  name: 'train',
  doc: 'Train a document on data; Ctrl-C ends it after the current step; `resume` goes on from there.',
  usage: '<file> --data SPEC [options] [--json]',
  options,
  async run({ values, rest }, world) {
    const { text, document } = await readDocument(oneArgument(rest, 'file'), world)
    const settings = settingsOf(document, values, world)
    trainable(document, settings)
    if (values['dry-run']) {
      const estimate = await estimateMemory(world, { document: text, settings })
      world.out(values.json ? jsonLine(plainMemory(estimate, settings)) : describeMemory(estimate, settings))
      return 0
    }
    const weights = values.weights === undefined ? {} : { weights: resolve(world.folder, values.weights) }
    const workers = values.workers === undefined ? {} : { workers: clusterOf(values.workers) }
    const folder = await newRunFolder(values.out, document, world)
    const job = { kind: 'train', document: text, settings, folder, ...weights, ...workers } as const
    await followTraining(job, world, values).catch(async (error: unknown) => {
      await forgetUnbegun(folder)
      throw error
    })
    world.err(`The run is kept in ${folder}\n`)
    return 0
  },
})

/** Defaults, then what the document remembers, then the options. */
function settingsOf(document: Document, values: Values<typeof options>, world: Surroundings): TrainingSettings {
  const weights = values['head-weight'].map((text) => {
    const [id, weight] = readPair('--head-weight', text)
    return [id, readNumber('--head-weight', 'number', weight)] as const
  })
  const base = settingsFrom(document.training)
  const data = values.data ?? (document.training['data'] as string | undefined)
  if (data === undefined)
    throw new AppError('input/invalid', '--data is missing.', 'Write --data builtin to begin with.')
  return settingsFrom(base as unknown as Record<string, unknown>, {
    data: dataSpec(data, world.folder),
    epochs: values.epochs,
    steps: values.steps,
    batch: values.batch,
    optimizer: values.optimizer,
    learningRate: values['learning-rate'],
    weightDecay: values['weight-decay'],
    clipNorm: values['clip-norm'],
    labelSmoothing: values['label-smoothing'],
    clipValue: values['clip-value'],
    schedule: values.schedule,
    warmupSteps: values['warmup-steps'],
    decayEvery: values['decay-every'],
    decayFactor: values['decay-factor'],
    microBatches: values['micro-batches'],
    averageDecay: values['average-decay'],
    checkpointEvery: values['checkpoint-every'],
    probeEvery: values['probe-every'],
    headWeights: { ...base.headWeights, ...Object.fromEntries(weights) },
    device: values.device,
    seed: values.seed,
    shuffle: values['no-shuffle'] ? false : undefined,
    augment: values['no-augment'] ? false : undefined,
  })
}

/** The folder named with `--out`, which must be new or empty, or a new one among the runs at home. */
async function newRunFolder(out: string | undefined, document: Document, world: Surroundings): Promise<string> {
  if (out === undefined) return (await makeRunFolder(join(world.home, 'runs'), document.name, new Date())).folder
  const folder = resolve(world.folder, out)
  await makeFolder(folder)
  if ((await namesIn(folder)).length === 0) return folder
  throw new AppError('file/exists', `${folder} is not empty.`, 'Name a new folder, so that no earlier run is lost.')
}
