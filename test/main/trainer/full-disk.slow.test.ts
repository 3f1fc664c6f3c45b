import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { parseSafetensors } from '../../../src/main/models/safetensors.js'
import { readRecord, RUN_FILES } from '../../../src/main/trainer/run/runfolder.js'
import { train } from '../../../src/main/trainer/jobs/train.js'
import { recorder, tinyData, tinyDocument, tinySettings } from './tiny.js'

/** Every write to it fails for lack of space; Linux only. */
const FULL = '/dev/full'

it.skipIf(!existsSync(FULL))(
  'a disk that fills up ends the run with a hint; weights of the last epoch stay whole',
  async () => {
    const folder = join(await mkdtemp(join(tmpdir(), 'run-')), 'run')
    const context = recorder()
    const events = join(folder, RUN_FILES.events)
    const send: typeof context.send = (more) => {
      context.send(more)
      if (!context.events.some(({ type }) => type === 'validation') || !existsSync(join(folder, RUN_FILES.weights)))
        return
      rmSync(events)
      symlinkSync(FULL, events)
    }
    const settings = tinySettings(await tinyData(), { epochs: 1_000_000 })
    const run = train({ kind: 'train', document: tinyDocument(), settings, folder }, { ...context, send })
    await expect(run).rejects.toMatchObject({
      code: 'disk/full',
      hint: 'Free some space; what was there before is kept.',
    })
    expect(context.events.at(-1)).toMatchObject({ type: 'end', reason: 'failed', error: { code: 'disk/full' } })
    expect(await readRecord(folder)).toMatchObject({ state: 'failed', error: { code: 'disk/full' } })
    expect(parseSafetensors(readFileSync(join(folder, RUN_FILES.weights)), 'w').tensors.size).toBe(12)
  },
)
if (!existsSync(FULL)) console.log(`skipped: no ${FULL}`)
