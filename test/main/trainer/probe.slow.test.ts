import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { probeTable } from '../../../src/main/cli/probe-table.js'
import { probe } from '../../../src/main/trainer/jobs/probe.js'
import { readEvents, readRecord } from '../../../src/main/trainer/run/runfolder.js'
import { train } from '../../../src/main/trainer/jobs/train.js'
import type { ProbeEvent, TrainingEvent } from '../../../src/shared/training/events.js'
import type { TrainingSettings } from '../../../src/shared/training/settings.js'
import { hasTensorFlow } from '../engine/runtimes.js'
import { recorder, tinyData, tinyDocument, tinySettings } from './tiny.js'
import { timeless } from './comparable.js'

const devices = hasTensorFlow ? (['onnx-cpu', 'tensorflow-cpu'] as const) : (['onnx-cpu'] as const)
const newFolder = async () => join(await mkdtemp(join(tmpdir(), 'run-')), 'run')
const probesOf = (events: readonly TrainingEvent[]) =>
  events.filter((event): event is ProbeEvent => event.type === 'probe')

describe.each(devices)('looks on %s', (device) => {
  async function run(data: string, change: Partial<TrainingSettings>) {
    const [folder, context] = [await newFolder(), recorder()]
    const settings = tinySettings(data, { device, ...change })
    const job = { kind: 'train', document: tinyDocument(), settings, folder } as const
    const error = await train(job, context).then(
      () => undefined,
      (problem: unknown) => problem,
    )
    return { folder, events: context.events, error }
  }

  it('come before every so many steps, change nothing, and are kept with the run', async () => {
    const data = await tinyData()
    const [plain, looked] = [await run(data, {}), await run(data, { probeEvery: 2 })]
    const probes = probesOf(looked.events)
    expect(probes.map(({ step, epoch }) => [step, epoch])).toEqual([
      [0, 1],
      [2, 1],
      [4, 2],
    ])
    expect(await readEvents(looked.folder)).toEqual(looked.events)
    const others = (events: readonly TrainingEvent[]) =>
      events.filter(({ type }) => type !== 'probe' && type !== 'memory').map(timeless)
    expect(others(looked.events)).toEqual(others(plain.events))
    const [first] = probes
    expect(Object.keys(first!.nodes)).toEqual([
      ...['image', 'conv', 'norm', 'act', 'flat', 'early', 'hidden', 'aux', 'bend', 'logits', 'main'],
    ])
    expect(Object.keys(first!.weights)).toHaveLength(10)
    for (const look of Object.values(first!.weights)) expect(look.gradient).toBeGreaterThanOrEqual(0)
    expect(Object.keys(first!.heads)).toEqual(['main', 'aux'])
    expect(first!.nodes['act']!.dead).toBeGreaterThanOrEqual(0)
    // A bias in front of a batch norm has no effect, hence no gradient but rounding.
    expect(first!.weights['conv/bias']!.gradient).toBeLessThan(1e-5)
    expect(first!.weights['conv/kernel']!.ratio).toBeGreaterThan(1e-5)
    expect(probeTable(first!)).toMatch(
      /^layer +weight +gradient +update\/weight .*\n(.*\n)*conv +kernel +[\d.e-]+ +[\d.e-]+/,
    )
  })

  it('can be had of a kept run, for its next step', async () => {
    const { folder, events } = await run(await tinyData(), { probeEvery: 3, epochs: 2, steps: 4 })
    const seen = await probe({ kind: 'probe', run: folder })
    expect([seen.step, seen.epoch]).toEqual([4, 2])
    expect(Object.keys(seen.nodes)).toEqual(Object.keys(probesOf(events)[0]!.nodes))
    expect(await readRecord(folder)).toMatchObject({ state: 'finished', step: 4 })
  })

  it('name the first layer that a rate made too large', async () => {
    const { error, events, folder } = await run(await tinyData(), { learningRate: 1e25, optimizer: 'sgd' })
    expect(error).toMatchObject({
      code: 'run/not-finite',
      message: expect.stringMatching(
        /first numbers that are not finite are in the (weights|output) of (conv|norm|early|hidden)\./,
      ) as string,
      hint: expect.stringContaining('1e+24') as string,
    })
    const seen = probesOf(events)
    expect(seen).toHaveLength(1)
    // Numbers that are none cannot be told in JSON: what they belong to is named instead.
    expect(JSON.parse(JSON.stringify(seen))).toEqual(seen)
    expect(await readEvents(folder)).toEqual(events)
  })
})
