import { mkdtemp, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeSafetensors } from '../../../src/main/models/safetensors.js'
import { evaluate } from '../../../src/main/trainer/jobs/evaluate.js'
import { train } from '../../../src/main/trainer/jobs/train.js'
import { print } from '../../../src/shared/document/file.js'
import { net } from '../models/nets.js'
import { recorder, tinyData, tinyDocument, tinySettings } from './tiny.js'

interface Refused {
  readonly document?: string
  readonly data?: string
  readonly weights?: string
  readonly headWeights?: Readonly<Record<string, number>>
}

/** The error of a run that must not begin and may leave nothing in its folder. */
async function refusal(job: Refused) {
  const folder = join(await mkdtemp(join(tmpdir(), 'run-')), 'run')
  const context = recorder()
  const { document = tinyDocument(), data = await tinyData(), weights, headWeights = {} } = job
  const settings = tinySettings(data, { headWeights })
  const error: unknown = await train(
    { kind: 'train', document, settings, folder, ...(weights !== undefined && { weights }) },
    context,
  ).then(
    () => undefined,
    (error: unknown) => error,
  )
  expect(context.events).toEqual([])
  expect(await readdir(join(folder, '..'))).toEqual([])
  return error
}

describe('a run that cannot begin leaves nothing behind and says why', () => {
  it('when the graph has errors: all of them', async () => {
    const document = print(net(['image', 'input', {}], ['main', 'head', {}, 'image']))
    expect(await refusal({ document })).toMatchObject({
      code: 'graph/has-errors',
      issues: [
        expect.objectContaining({ severity: 'error', where: expect.objectContaining({ node: 'main' }) as unknown }),
      ],
    })
    expect(await refusal({ document: 'no document' })).toMatchObject({ code: 'document/not-json' })
  })

  it('when the classes of the data are not those of a head', async () => {
    expect(await refusal({ document: tinyDocument({ classes: 2 }) })).toMatchObject({
      code: 'data/class-count',
      message: 'tiny.npz has 3 classes, but the head "main" has 2 outputs.',
      hint: 'Give the layer before "main" 3 units, or choose other data.',
    })
    expect(await refusal({ document: tinyDocument({ classes: 5 }), data: 'builtin' })).toMatchObject({
      code: 'data/class-count',
    })
  })

  it('when the settings weigh a head that is not there', async () => {
    expect(await refusal({ headWeights: { main: 1, extra: 2 } })).toMatchObject({
      code: 'input/invalid',
      message: 'There is no head "extra".',
      hint: 'The heads are main, aux.',
    })
  })

  it('when the images cannot be turned to what the net takes', async () => {
    expect(await refusal({ document: tinyDocument({ channels: 2 }) })).toMatchObject({
      code: 'data/shape',
      message: 'The images have 1 channels, but the net takes 2.',
    })
  })

  it('when the data is missing', async () => {
    expect(await refusal({ data: '/nowhere/at/all' })).toMatchObject({ code: 'data/not-found' })
  })

  it('when start weights are of another net: names and shapes', async () => {
    const weights = join(await mkdtemp(join(tmpdir(), 'weights-')), 'w.safetensors')
    const tensor = (...shape: number[]) => ({ shape, data: new Float32Array(shape.reduce((a, b) => a * b)) })
    await writeSafetensors(
      weights,
      new Map([
        ['conv/kernel', tensor(5, 5, 1, 4)],
        ['conv/bias', tensor(4)],
        ['gone/bias', tensor(2)],
      ]),
    )
    const error = await refusal({ weights })
    expect(error).toMatchObject({ code: 'weights/mismatch' })
    expect((error as Error).message).toMatch(
      /conv\/kernel is 5x5x1x4, not 3x3x1x4; .*norm\/gamma \(4\) is missing.* and \d+ more\.$/,
    )
    expect((await refusal({ weights: join(weights, 'none') })) as Error).toMatchObject({ code: 'file/not-found' })
  })

  it('when the folder holds a run already, which stays', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'run-'))
    const data = await tinyData()
    const job = { kind: 'train', document: tinyDocument(), settings: tinySettings(data, { steps: 1 }), folder } as const
    await train(job, recorder())
    const before = await evaluate({ kind: 'evaluate', run: folder, part: 'validation' })
    await expect(train(job, recorder())).rejects.toMatchObject({ code: 'file/exists' })
    expect(await evaluate({ kind: 'evaluate', run: folder, part: 'validation' })).toEqual(before)
  })

  it('and evaluating what is no run says so', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'run-'))
    await expect(evaluate({ kind: 'evaluate', run: folder, part: 'validation' })).rejects.toMatchObject({
      code: 'run/not-found',
    })
  })
})
