import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { latestCheckpoint } from '../../../../src/main/trainer/run/checkpoint.js'
import { readEvents, readRecord } from '../../../../src/main/trainer/run/runfolder.js'
import { print } from '../../../../src/shared/document/file.js'
import type { DeviceName } from '../../../../src/shared/training/settings.js'
import { eventually } from '../../../eventually.js'
import { hasTensorFlow } from '../../engine/runtimes.js'
import { net } from '../../models/nets.js'
import { tinyData, tinySettings } from '../tiny.js'
import { patchedTrainer } from './patched-trainer.js'
import { trainingServices } from './services.js'

/** Small images made large: 192x192x16 numbers, 2.4 MB, after each of the layers, for every image of a batch. */
const LARGE = print(
  net(
    ['image', 'input', { height: 6, width: 6, channels: 1 }],
    ['large', 'upsampling', { factor: [32, 32] }, 'image'],
    ['conv_1', 'conv2d', { filters: 16 }, 'large'],
    ['conv_2', 'conv2d', { filters: 16 }, 'conv_1'],
    ['mean', 'global_average_pool', {}, 'conv_2'],
    ['logits', 'dense', { units: 3 }, 'mean'],
    ['main', 'head', {}, 'logits'],
  ),
)

/** Bytes of address space that a trainer may take beyond what it has when it is given its job. */
const ROOM = 3 * 2 ** 30

const canLimit = process.platform === 'linux' && spawnSync('prlimit', ['--version']).status === 0
if (!canLimit) console.warn('SKIPPED: tests of full memory. There is no prlimit here.')

/** Take away the room to grow from a process, but for so many bytes. */
function limit(pid: number, more: number): void {
  const kilobytes = Number(/^VmSize:\s*(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1])
  execFileSync('prlimit', ['--pid', String(pid), `--as=${kilobytes * 1024 + more}`])
}

/** Does that to itself as soon as it is given its job. */
const LIMITED = `process.once('message', () => {
  const status = require('node:fs').readFileSync('/proc/self/status', 'utf8')
  const most = Number(/^VmSize:\\s*(\\d+)/m.exec(status)[1]) * 1024 + ${ROOM}
  require('node:child_process').execFileSync('prlimit', ['--pid', String(process.pid), '--as=' + most])
})`

/** Native code that does not ask whether it got its memory ends by a fault, which says nothing of the reason. */
const codes = ['device/out-of-memory', 'trainer/crashed']

const here = trainingServices()
const folderOf = here.folderOf
const ended = (run: string, state: string) =>
  eventually(async () => {
    const found = (await here.services.api.runs.list()).find(({ id }) => id === run)
    expect(found).toMatchObject({ state })
    return found!
  })
const devices: readonly DeviceName[] = hasTensorFlow ? ['onnx-cpu', 'tensorflow-cpu'] : ['onnx-cpu']

describe.skipIf(!canLimit).each(devices)('memory that is full on %s', (device) => {
  it('at the first step ends the run with a smaller batch to try, which trains in a new process', async () => {
    here.entry = await patchedTrainer(here.trainer, LIMITED)
    const data = await tinyData(512, 0)
    const settings = tinySettings(data, { device, batch: 512, epochs: 1 })
    const { run } = await here.services.api.training.start(LARGE, settings)
    const { error } = await ended(run, 'failed')
    expect(codes).toContain(error!.code)
    expect(error!.hint).toContain('use a batch of 256 instead of 512')
    expect(await readRecord(folderOf(run))).toMatchObject({ state: 'failed', error: { code: error!.code } })
    const second = await here.services.api.training.start(LARGE, { ...settings, batch: 4, steps: 3 })
    await ended(second.run, 'finished')
    console.log(`${device}: ${error!.message}`)
  })

  it('in the middle of a run loses nothing after its last checkpoint, and the run goes on in a new process', async () => {
    here.entry = here.trainer
    const settings = tinySettings(await tinyData(24, 9), { device, batch: 4, epochs: 1_000_000, checkpointEvery: 1 })
    const { run } = await here.services.api.training.start(LARGE, settings)
    await eventually(async () => expect((await latestCheckpoint(folderOf(run)))?.position.step).toBeGreaterThan(1))
    limit((await readRecord(folderOf(run))).process!, 0)
    const { error } = await ended(run, 'failed')
    expect(codes).toContain(error!.code)
    if (error!.code === 'trainer/crashed') expect(error!.hint).toContain('Full memory can do this')
    const events = await readEvents(folderOf(run))
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'failed', error })
    const checkpoint = await latestCheckpoint(folderOf(run))
    expect(checkpoint).toMatchObject({ passedOver: [] })
    const from = here.told.length
    await here.services.api.training.resume(run, {})
    await eventually(() => expect(here.told.slice(from).some(({ type }) => type === 'step')).toBe(true))
    const again = here.told.slice(from).find(({ type }) => type === 'start')
    expect(again).toMatchObject({ resumed: checkpoint!.position.step })
    await here.services.api.training.stop(run)
    await ended(run, 'stopped')
    console.log(`${device}: ${error!.message}`)
  })
})
