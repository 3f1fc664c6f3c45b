import { mkdtemp, writeFile, mkdir, readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { resume } from '../../../src/main/trainer/jobs/resume.js'
import { readEvents, readRecord, RUN_FILES } from '../../../src/main/trainer/run/runfolder.js'
import { isStopWished, wishStop } from '../../../src/main/trainer/run/stop-wish.js'
import { train } from '../../../src/main/trainer/jobs/train.js'
import type { TrainingEvent } from '../../../src/shared/training/events.js'
import { recorder, tinyData, tinyDocument, tinySettings } from './tiny.js'

const newFolder = async () => join(await mkdtemp(join(tmpdir(), 'run-')), 'run')
const document = tinyDocument()

/** A context that lets another program ask the run to stop once so many steps were told. */
function stoppedFromOutside(folder: string, after: number) {
  const context = recorder()
  let wished: Promise<void> | undefined
  const send = (more: readonly TrainingEvent[]) => {
    context.send(more)
    if (context.events.filter(({ type }) => type === 'step').length >= after) wished ??= wishStop(folder)
  }
  return { ...context, send }
}

it('a run ends after its step when another program asks for it, and goes on when it is resumed', async () => {
  const folder = await newFolder()
  const settings = tinySettings(await tinyData(), { epochs: 1_000_000 })
  const { step } = await train({ kind: 'train', document, settings, folder }, stoppedFromOutside(folder, 2))
  expect(await readRecord(folder)).toMatchObject({ state: 'stopped', step })
  expect((await readEvents(folder)).at(-1)).toEqual({ type: 'end', reason: 'stopped', step })
  expect(isStopWished(folder)).toBe(false)
  // A wish that came too late is not for the trainer that comes next.
  await wishStop(folder)
  const next = await resume({ kind: 'resume', run: folder, change: {} }, stoppedFromOutside(folder, 4))
  expect(next.step).toBeGreaterThan(step)
  expect(await readRecord(folder)).toMatchObject({ state: 'stopped', step: next.step })
})

it('a run from weights of a file is there only with a checkpoint of them', async () => {
  const data = await tinyData()
  const first = await newFolder()
  await train({ kind: 'train', document, settings: tinySettings(data), folder: first }, recorder())
  const folder = await newFolder()
  await mkdir(folder, { recursive: true })
  // Where checkpoints should go, so that none can be written.
  await writeFile(join(folder, 'checkpoints'), '')
  const weights = join(first, RUN_FILES.weights)
  const job = { kind: 'train', document, settings: tinySettings(data), folder, weights } as const
  await expect(train(job, recorder())).rejects.toMatchObject({ code: 'disk/failed' })
  expect((await readdir(folder)).sort()).toEqual(['checkpoints', RUN_FILES.document])
})
