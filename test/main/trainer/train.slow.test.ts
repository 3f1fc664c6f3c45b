import { mkdtemp, readFile, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readSafetensors } from '../../../src/main/models/safetensors.js'
import { evaluate } from '../../../src/main/trainer/jobs/evaluate.js'
import { readEvents, readRecord, readRunDocument, RUN_FILES } from '../../../src/main/trainer/run/runfolder.js'
import { train } from '../../../src/main/trainer/jobs/train.js'
import type { StepEvent, TrainingEvent } from '../../../src/shared/training/events.js'
import type { TrainingSettings } from '../../../src/shared/training/settings.js'
import { recorder, tinyData, tinyDocument, tinySettings } from './tiny.js'

const newFolder = async () => join(await mkdtemp(join(tmpdir(), 'run-')), 'run')
const stepsOf = (events: readonly TrainingEvent[]) =>
  events.filter((event): event is StepEvent => event.type === 'step')

async function run(
  change: Partial<TrainingSettings> = {},
  job: { document?: string; weights?: string; data?: string } = {},
) {
  const { document = tinyDocument(), data = await tinyData(), weights } = job
  const folder = await newFolder()
  const context = recorder()
  const settings = tinySettings(data, change)
  const result = await train(
    { kind: 'train', document, settings, folder, ...(weights !== undefined && { weights }) },
    context,
  )
  return { folder, settings, events: context.events, result, document }
}

/** Kinds of events in their order; how often memory grows is not ours to say. */
const kindsOf = (events: readonly TrainingEvent[]) => events.map(({ type }) => type).filter((type) => type !== 'memory')

describe('train', () => {
  it('tells start, every step, validation after each epoch and end; the loss falls, and the folder holds all of it', async () => {
    const { folder, settings, events, result, document } = await run({ epochs: 12 })
    expect(result).toEqual({ step: 36 })
    expect(events[0]).toMatchObject({
      type: 'start',
      device: 'onnx-cpu',
      stepsPerEpoch: 3,
      steps: 36,
      train: 24,
      validation: 9,
    })
    expect(events.find(({ type }) => type === 'memory')).toMatchObject({ step: 1 })
    const kinds = kindsOf(events)
    expect(kinds).toEqual(['start', ...Array(12).fill(['step', 'step', 'step', 'validation']).flat(), 'end'])
    expect(events.at(-1)).toEqual({ type: 'end', reason: 'finished', step: 36 })
    const steps = stepsOf(events)
    expect(steps.map(({ step, epoch }) => [step, epoch])).toEqual(steps.map((_, i) => [i + 1, Math.floor(i / 3) + 1]))
    for (const { loss, heads } of steps) {
      expect(loss).toBeCloseTo(heads['main']!.loss + 0.3 * heads['aux']!.loss, 5)
    }
    expect(steps.at(-1)!.loss).toBeLessThan(steps[0]!.loss / 2)

    expect(await readRunDocument(folder)).toBe(document)
    expect(await readEvents(folder)).toEqual(events)
    const validations = events.filter((event) => event.type === 'validation')
    const record = await readRecord(folder)
    expect(record).toMatchObject({
      state: 'finished',
      settings,
      heads: ['main', 'aux'],
      classes: ['0', '1', '2'],
      step: 36,
    })
    expect(record.lastValidation).toEqual(validations.at(-1))
    const { tensors } = await readSafetensors(join(folder, RUN_FILES.weights))
    expect([...tensors.keys()]).toEqual([
      ...['conv/bias', 'conv/kernel', 'early/bias', 'early/kernel', 'hidden/bias', 'hidden/kernel', 'logits/bias'],
      ...['logits/kernel', 'norm/beta', 'norm/gamma', 'norm/moving_mean', 'norm/moving_variance'],
    ])
    const evaluation = await evaluate({ kind: 'evaluate', run: folder, part: 'validation' })
    for (const id of ['main', 'aux']) {
      const { loss, accuracy, confusion } = evaluation.heads[id]!
      expect(loss).toBeCloseTo(validations.at(-1)!.heads[id]!.loss, 5)
      expect(accuracy).toBe(validations.at(-1)!.heads[id]!.accuracy)
      expect(confusion.map((row) => row.reduce((a, b) => a + b))).toEqual([3, 3, 3])
      expect(confusion.reduce((right, row, k) => right + row[k]!, 0) / 9).toBe(accuracy)
    }
  })

  it('makes the same weights, bit for bit, from the same seed, and others from another', async () => {
    const data = await tinyData()
    const weightsOf = async (change: Partial<TrainingSettings>) => {
      const { folder } = await run({ augment: true, optimizer: 'adam', ...change }, { data })
      return (await readFile(join(folder, RUN_FILES.weights))).toString('base64')
    }
    const first = await weightsOf({ seed: 5 })
    expect((await weightsOf({ seed: 5 })) === first).toBe(true)
    expect((await weightsOf({ seed: 6 })) === first).toBe(false)
    expect((await weightsOf({ seed: 5, shuffle: false })) === first).toBe(false)
    expect((await weightsOf({ seed: 5, augment: false })) === first).toBe(false)
  })

  it('goes on from given weights: the first loss is what evaluation says of them', async () => {
    const data = await tinyData(8, 0)
    const document = tinyDocument({ norm: false })
    const first = await run({ epochs: 5, validationShare: 0 }, { data, document })
    const { heads } = await evaluate({ kind: 'evaluate', run: first.folder, part: 'train' })
    const weights = join(first.folder, RUN_FILES.weights)
    const second = await run({ steps: 1, shuffle: false, validationShare: 0 }, { data, document, weights })
    expect(stepsOf(second.events)[0]!.heads['main']!.loss).toBeCloseTo(heads['main']!.loss, 5)
  })

  it('keeps the averages of the weights as the weights of the run, and validates with them', async () => {
    const data = await tinyData()
    const { folder, events } = await run({ averageDecay: 0.8 }, { data })
    const plain = await run({}, { data })
    const last = (list: readonly TrainingEvent[]) => list.findLast((event) => event.type === 'validation')!.loss
    expect(last(events)).not.toBe(last(plain.events))
    expect((await evaluate({ kind: 'evaluate', run: folder, part: 'validation' })).heads['main']!.loss).toBeCloseTo(
      events.findLast((event) => event.type === 'validation')!.heads['main']!.loss,
      5,
    )
    expect(stepsOf(events).map(({ loss }) => loss)).toEqual(stepsOf(plain.events).map(({ loss }) => loss))
  })

  it('computes batches in parts, follows a schedule, and says what cannot be', async () => {
    const data = await tinyData()
    const { events } = await run({ microBatches: 4, schedule: 'step', decayEvery: 1, decayFactor: 0.5 }, { data })
    expect(stepsOf(events).map(({ learningRate }) => learningRate)).toEqual([0.05, 0.05, 0.05, 0.025, 0.025, 0.025])
    await expect(run({ microBatches: 3 }, { data })).rejects.toMatchObject({
      code: 'input/invalid',
      message: 'A batch of 8 images cannot be computed in 3 equal parts.',
    })
    const alone = { schedule: 'plateau', validationShare: 0 } as const
    await expect(run(alone, { data: await tinyData(24, 0) })).rejects.toMatchObject({ code: 'input/invalid' })
  })

  it('ends at `steps` whatever `epochs` says, with a validation', async () => {
    const { events } = await run({ steps: 4, epochs: 1 })
    expect(kindsOf(events).slice(4)).toEqual(['validation', 'step', 'validation', 'end'])
  })

  it('uses a set smaller than a batch whole, in the order of the data', async () => {
    const { events } = await run({ batch: 32, epochs: 2, shuffle: false }, { data: await tinyData(4, 0) })
    expect(events[0]).toMatchObject({ stepsPerEpoch: 1, train: 4, validation: 0 })
    expect(kindsOf(events)).toEqual(['start', 'step', 'step', 'end'])
  })

  it('stops when asked, keeping weights and the number of updates', async () => {
    const folder = await newFolder()
    const context = recorder(5)
    const settings = tinySettings(await tinyData(), { epochs: 100_000 })
    const { step } = await train({ kind: 'train', document: tinyDocument(), settings, folder }, context)
    expect(context.events.at(-1)).toEqual({ type: 'end', reason: 'stopped', step })
    expect(stepsOf(context.events)).toHaveLength(step)
    expect(await readRecord(folder)).toMatchObject({ state: 'stopped', step })
    expect((await evaluate({ kind: 'evaluate', run: folder, part: 'validation' })).images).toBe(9)
  })

  it('ends with the step and a hint once a loss is no number, and keeps no such weights', async () => {
    const folder = await newFolder()
    const context = recorder()
    const settings = tinySettings(await tinyData(), { learningRate: 1e30 })
    const error = { code: 'run/not-finite', hint: expect.stringContaining('1e+29') as string }
    await expect(train({ kind: 'train', document: tinyDocument(), settings, folder }, context)).rejects.toMatchObject(
      error,
    )
    const end = context.events.at(-1)
    expect(end).toMatchObject({ type: 'end', reason: 'failed', step: stepsOf(context.events).length, error })
    expect(await readEvents(folder)).toEqual(context.events)
    expect(await readRecord(folder)).toMatchObject({ state: 'failed', error })
    await expect(stat(join(folder, RUN_FILES.weights))).rejects.toThrow('ENOENT')
  })
})
