import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { InferenceSession } from 'onnxruntime-node'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { writeSafetensors } from '../../../src/main/models/safetensors.js'
import { exportModel } from '../../../src/main/trainer/jobs/export.js'
import { createRunFolder, RUN_FILES, writeRecord } from '../../../src/main/trainer/run/runfolder.js'
import type { Document } from '../../../src/shared/document/document.js'
import { print } from '../../../src/shared/document/file.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'
import { DEFAULT_SETTINGS } from '../../../src/shared/training/settings.js'
import { net, randomWeights } from './nets.js'

const mini = buildTemplate(templateOf('inception-mini')!, { height: 28, width: 28 })

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'netwright-job-'))
})
afterEach(() => rm(folder, { recursive: true }))

/** A run folder as training leaves it, with weights and statistics far from their start. */
async function runOf(document: Document, shape: readonly [number, number, number]) {
  const run = join(folder, 'run')
  const analysis = analyze(document, { input: shape })
  await createRunFolder(run, print(document))
  await writeRecord(run, {
    format: 'netwright-run',
    version: 1,
    name: 'run',
    state: 'finished',
    started: '2026-01-01T00:00:00.000Z',
    settings: DEFAULT_SETTINGS,
    classes: [],
    heads: analysis.heads.map(({ id }) => id),
    device: 'onnx-cpu',
    data: { title: 'data', shape, train: 0, validation: 0, note: '' },
    step: 10,
  })
  await writeSafetensors(join(run, RUN_FILES.weights), randomWeights(analysis))
  return run
}

describe('the export job', () => {
  it('writes a run in both formats, equal to the predict step of the trainer', async () => {
    const run = await runOf(mini, [28, 28, 3])
    for (const [format, images] of [
      ['onnx', 8],
      ['tfjs', 8],
    ] as const) {
      const output = join(folder, format)
      const report = await exportModel({ kind: 'export', run, format, heads: 'all', output })
      console.log(report.judge, report.images, report.largestDifference)
      expect([report.format, report.images, report.heads.length]).toEqual([format, images, 3])
      expect(report.largestDifference).toBeLessThan(2e-6)
      expect(report.largestDifference).toBeGreaterThan(0)
    }
  })

  it('writes a document with the weights that training would begin with, the same bytes each time', async () => {
    const written = []
    for (const name of ['a.onnx', 'b.onnx']) {
      const output = join(folder, name)
      const report = await exportModel({ kind: 'export', document: print(mini), format: 'onnx', heads: 'main', output })
      expect(report.heads).toEqual([analyze(mini).mainHead])
      written.push(await readFile(output))
    }
    expect(written[0]?.equals(written[1] as Buffer)).toBe(true)
  })

  it('keeps any size open where the net allows it, and fixes it to the size of the run where it does not', async () => {
    const open = ['photo', 'input', { height: null, width: null }] as const
    const end = [
      ['logits', 'dense', { units: 4 }, 'vector'],
      ['main', 'head', {}, 'logits'],
    ] as const
    const conv = ['conv', 'conv2d', { filters: 6, stride: [2, 2] }, 'photo'] as const
    for (const [vector, size] of [
      ['global_average_pool', undefined],
      ['flatten', [14, 10]],
    ] as const) {
      const run = await runOf(net(open, conv, ['vector', vector, {}, 'conv'], ...end), [14, 10, 3])
      const output = join(folder, `${vector}.onnx`)
      const report = await exportModel({ kind: 'export', run, format: 'onnx', heads: 'all', output })
      expect(report.largestDifference).toBeLessThan(1e-6)
      const session = await InferenceSession.create(output)
      const [input] = session.inputMetadata
      expect(input?.isTensor && input.shape).toEqual(['N', ...(size ?? ['height', 'width']), 3])
      await rm(run, { recursive: true })
    }
  })

  it('says what is wrong with a document, a run and weights', async () => {
    const job = { kind: 'export', format: 'onnx', heads: 'all', output: join(folder, 'model.onnx') } as const
    const lonely = print(net(['photo', 'input', {}]))
    await expect(exportModel({ ...job, document: lonely })).rejects.toMatchObject({ code: 'graph/has-errors' })
    await expect(exportModel({ ...job, document: '{' })).rejects.toMatchObject({ code: 'document/not-json' })
    await expect(exportModel({ ...job, run: join(folder, 'none') })).rejects.toMatchObject({ code: 'run/not-found' })
    const run = await runOf(mini, [28, 28, 3])
    await writeSafetensors(join(run, RUN_FILES.weights), new Map())
    await expect(exportModel({ ...job, run })).rejects.toMatchObject({ code: 'weights/mismatch' })
  })
})
