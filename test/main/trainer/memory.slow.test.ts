import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { findTensorFlow } from '../../../src/main/engine/tensorflow/library.js'
import { estimateMemory } from '../../../src/main/trainer/devices/memory.js'
import { startTraining } from '../../../src/main/trainer/devices/start-training.js'
import { forkLauncher } from '../../../src/main/trainer/launcher.js'
import { print } from '../../../src/shared/document/file.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'
import { DEFAULT_SETTINGS, type OptimizerName } from '../../../src/shared/training/settings.js'
import { eventually } from '../../eventually.js'
import { buildTrainer } from './build.js'

/** An estimate and what the process really had are at most so far apart, either way: allocators differ from run to run. */
const FACTOR = 1.35

const NETS: readonly (readonly [template: string, batch: number, optimizer: OptimizerName])[] = [
  ['cifar-resnet-20', 64, 'momentum'],
  ['inception-mini', 32, 'adam'],
  ['mobilenet-v2', 4, 'sgd'],
  ['googlenet', 4, 'momentum'],
]
const DEVICES = ['onnx-cpu', ...(findTensorFlow('tensorflow').library ? (['tensorflow-cpu'] as const) : [])] as const

let entry = ''
beforeAll(async () => {
  entry = await buildTrainer()
})

it
  .skipIf(process.platform !== 'linux')
  .each(
    NETS.flatMap(([template, batch, optimizer]) =>
      DEVICES.map((device) => [template, batch, optimizer, device] as const),
    ),
  )('%s, batch %i, %s on %s: the estimate is near the peak of the first step, and then that', async (...row) => {
  const [template, batch, optimizer, device] = row
  const home = await mkdtemp(join(tmpdir(), 'netwright-memory-'))
  const chooser = { launcher: forkLauncher(entry), home, version: '1' }
  const document = print(buildTemplate(templateOf(template)!, { classes: 10 }))
  const settings = { ...DEFAULT_SETTINGS, data: 'builtin', device, batch, optimizer }
  const estimate = await estimateMemory(chooser, { document, settings })
  expect(estimate).toMatchObject({ device, basis: 'traced' })
  expect(estimate.needed).toBe(estimate.runtime + estimate.state + estimate.values)

  let peak = 0
  const running = startTraining(chooser, { kind: 'train', document, settings }, (events) => {
    for (const event of events) {
      if (event.type !== 'memory') continue
      peak = event.peak
      running.stop()
    }
  })
  await running.result
  const ratio = estimate.needed / peak
  console.log(
    `${row.join(' ')}: ${Math.round(estimate.needed / 1e6)} of ${Math.round(peak / 1e6)} MB, ${ratio.toFixed(2)}`,
  )
  expect(ratio).toBeGreaterThan(1 / FACTOR)
  expect(ratio).toBeLessThan(FACTOR)

  await eventually(async () => {
    expect(await estimateMemory(chooser, { document, settings })).toMatchObject({ basis: 'measured', needed: peak })
  })
  const more = await estimateMemory(chooser, { document, settings: { ...settings, batch: batch + 4 } })
  expect(more.needed).toBe(peak + 4 * more.perImage)
})
