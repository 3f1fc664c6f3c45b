import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import type { Job, Launcher } from '../../../src/main/trainer/jobs.js'
import { forkLauncher } from '../../../src/main/trainer/launcher.js'
import { readEvents, readRecord, RUN_FILES } from '../../../src/main/trainer/run/runfolder.js'
import { hash } from '../../../src/shared/random.js'
import { buildTrainer } from './build.js'
import { patchedTrainer } from './crash/patched-trainer.js'
import { tinyData, tinyDocument, tinySettings } from './tiny.js'
import { comparable } from './comparable.js'

const KILLS = 8

let trainer: string
let launcher: Launcher
beforeAll(async () => {
  trainer = await buildTrainer()
  launcher = forkLauncher(trainer)
})

const newFolder = async () => join(await mkdtemp(join(tmpdir(), 'run-')), 'run')

/**
 * Run a job in a process of its own that is ended without asking, so many ms of its event loop after a checkpoint. It does that
 * itself: a parent that is late on a busy computer would let it finish.
 */
async function killed(job: Job, checkpoint: number, ms: number): Promise<boolean> {
  const entry = await patchedTrainer(
    trainer,
    `{
      const real = fs.rename
      let kept = 0
      fs.rename = async (from, to) => {
        await real(from, to)
        if (/checkpoints.ck-/.test(to) && ++kept === ${checkpoint})
          setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${ms})
      }
      sync()
    }`,
  )
  return forkLauncher(entry)
    .run(job)
    .result.then(
      () => false,
      () => true,
    )
}

it('a training that is killed over and over ends with the weights and the history of one that was not', async () => {
  const data = await tinyData()
  const change = { epochs: 200, augment: true, optimizer: 'adam', checkpointEvery: 7, probeEvery: 50 } as const
  const job = {
    kind: 'train',
    document: tinyDocument({ dropout: true }),
    settings: tinySettings(data, change),
  } as const
  const [whole, torn] = [await newFolder(), await newFolder()]
  await launcher.run({ ...job, folder: whole }).result

  for (let i = 0; i < KILLS; i++) {
    const part: Job = i === 0 ? { ...job, folder: torn } : { kind: 'resume', run: torn, change: {} }
    expect(await killed(part, 1 + (hash(5, i) % 5), hash(6, i) % 30)).toBe(true)
  }
  await launcher.run({ kind: 'resume', run: torn, change: {} }).result

  expect(await readRecord(torn)).toMatchObject({ state: 'finished', step: 600 })
  expect(comparable(await readEvents(torn))).toEqual(comparable(await readEvents(whole)))
  const weights = async (folder: string) => (await readFile(join(folder, RUN_FILES.weights))).toString('base64')
  expect((await weights(torn)) === (await weights(whole))).toBe(true)
  console.log(`cases=${KILLS}`)
})
