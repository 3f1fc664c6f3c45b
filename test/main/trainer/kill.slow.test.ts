import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import type { Job, Launcher } from '../../../src/main/trainer/jobs.js'
import { forkLauncher } from '../../../src/main/trainer/launcher.js'
import { readEvents, readRecord, RUN_FILES } from '../../../src/main/trainer/run/runfolder.js'
import { hash } from '../../../src/shared/random.js'
import { buildTrainer } from './build.js'
import { tinyData, tinyDocument, tinySettings } from './tiny.js'
import { comparable } from './comparable.js'

const KILLS = 8

let launcher: Launcher
beforeAll(async () => {
  launcher = forkLauncher(await buildTrainer())
})

const newFolder = async () => join(await mkdtemp(join(tmpdir(), 'run-')), 'run')

/** Run a job in a process of its own and end it without asking, so many events after its first. */
function killed(job: Job, after: number): Promise<boolean> {
  return new Promise((resolve) => {
    let seen = 0
    const running = launcher.run(job, (events) => {
      seen += events.length
      if (seen >= after) running.kill()
    })
    running.result.then(
      () => resolve(false),
      () => resolve(true),
    )
  })
}

it('a training that is killed over and over ends with the weights and the history of one that was not', async () => {
  const data = await tinyData()
  const change = { epochs: 250, augment: true, optimizer: 'adam', checkpointEvery: 7, probeEvery: 50 } as const
  const job = {
    kind: 'train',
    document: tinyDocument({ dropout: true }),
    settings: tinySettings(data, change),
  } as const
  const [whole, torn] = [await newFolder(), await newFolder()]
  await launcher.run({ ...job, folder: whole }).result

  let kills = Number(await killed({ ...job, folder: torn }, 40))
  for (let i = 0; kills < KILLS && (await readRecord(torn)).state !== 'finished'; i++) {
    const cut = await killed({ kind: 'resume', run: torn, change: {} }, 1 + (hash(5, i) % 120))
    kills += Number(cut)
    expect(cut).toBe(true)
  }
  expect(kills).toBe(KILLS)
  await launcher.run({ kind: 'resume', run: torn, change: {} }).result

  expect(await readRecord(torn)).toMatchObject({ state: 'finished', step: 750 })
  expect(comparable(await readEvents(torn))).toEqual(comparable(await readEvents(whole)))
  const weights = async (folder: string) => (await readFile(join(folder, RUN_FILES.weights))).toString('base64')
  expect((await weights(torn)) === (await weights(whole))).toBe(true)
  console.log(`cases=${kills}`)
})
