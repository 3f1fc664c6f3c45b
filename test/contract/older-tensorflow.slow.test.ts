import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Device, DeviceChoice } from '../../src/shared/api.js'
import { findTensorFlow } from '../../src/main/engine/tensorflow/library.js'
import type { TrainingEvent } from '../../src/shared/training/events.js'
import { built, ROOT } from '../built.js'
import { tinyData, tinyDocument } from '../main/trainer/tiny.js'
import { CONTRACT, contractOn } from './contract-on.js'

/** A folder for each version, as `scripts/older-tensorflow.mjs` makes them. */
const FOLDER = process.env['NETWRIGHT_OLDER_TENSORFLOW'] ?? join(ROOT, '.tensorflow-older')
const versions = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => /^\d/.test(name)) : []
if (versions.length === 0) console.warn('SKIPPED: older TensorFlows. node scripts/older-tensorflow.mjs fetches them.')

let program: string
beforeAll(() => {
  if (versions.length > 0) program = join(built(), 'main', 'cli.js')
})

/** What a command prints, as values. */
function run(environment: NodeJS.ProcessEnv, folder: string, args: readonly string[]) {
  const env = { ...environment, NETWRIGHT_HOME: join(folder, 'home') }
  const options = { cwd: folder, env, encoding: 'utf8' } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args, '--json'], options)
  const lines = stdout.trimEnd().split('\n').filter(Boolean)
  return { status, stderr, values: lines.map((line) => JSON.parse(line) as unknown) }
}

describe.skipIf(versions.length === 0).each(versions.length > 0 ? versions : ['none'])('TensorFlow %s', (version) => {
  const environment = { ...process.env, NETWRIGHT_TENSORFLOW: join(FOLDER, version, 'tensorflow') }
  const netwright = (folder: string, ...args: string[]) => run(environment, folder, args)

  it('is found as the user’s choice, and trains', async ({ skip }) => {
    const folder = await mkdtemp(join(tmpdir(), 'older-'))
    const [devices] = netwright(folder, 'devices').values as [readonly Device[]]
    const device = devices.find(({ name }) => name === 'tensorflow-cpu')!
    if (/needs libpython/.test(device.detail)) skip(`${device.detail}`)
    expect(device).toMatchObject({ available: true, version: version.split('-')[0] })
    await writeFile(join(folder, 'net.json'), tinyDocument({ dropout: true }))
    const train = ['train', 'net.json', '--data', await tinyData(), '--batch', '8', '--epochs', '30', '--out', 'run']
    const { status, stderr, values } = netwright(folder, ...train, '--device', 'tensorflow-cpu', '--optimizer', 'adam')
    expect({ status, stderr }).toMatchObject({ status: 0 })
    const events = values as readonly TrainingEvent[]
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'finished', step: 90 })
    const losses = events.flatMap((event) => (event.type === 'validation' ? [event.loss] : []))
    expect(losses.at(-1)).toBeLessThan(losses[0]! / 2)
  })

  it('computes what tfjs computes, and has the losses and gradients of PyTorch and Keras', async ({ skip }) => {
    const folder = await mkdtemp(join(tmpdir(), 'older-'))
    const [devices] = netwright(folder, 'devices').values as [readonly Device[]]
    const { detail } = devices.find(({ name }) => name === 'tensorflow-cpu')!
    if (/needs libpython/.test(detail)) skip(detail)
    const files = [...CONTRACT, 'test/main/trainer/oracles.slow.test.ts']
    const { passed, failed } = await contractOn('on (TensorFlow|tensorflow-cpu)', environment, files)
    expect(failed).toEqual([])
    expect(passed).toBeGreaterThan(60)
    console.log(`cases=${passed}`)
  })
})

const openMp = versions.find((version) => version.endsWith('-openmp'))
const usual = findTensorFlow('tensorflow').library

describe.skipIf(!openMp || !usual)('the engine with OpenMP beside the usual one', () => {
  const environment = { ...process.env, NETWRIGHT_TENSORFLOW_OPENMP: join(FOLDER, openMp ?? 'none', 'tensorflow') }
  const netwright = (folder: string, ...args: string[]) => run(environment, folder, args)

  it('is weighed against it with the net, and goes on with a run that the other began', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'beside-'))
    await writeFile(join(folder, 'net.json'), tinyDocument({}))
    const [choice] = netwright(folder, 'devices', 'net.json').values as [DeviceChoice]
    const engines = choice.speeds.filter(({ name }) => name.startsWith('tensorflow'))
    expect(engines.map(({ name }) => name).toSorted()).toEqual(['tensorflow-cpu', 'tensorflow-openmp'])
    for (const speed of engines) {
      expect(speed.problem).toBeUndefined()
      expect(speed.imagesPerSecond).toBeGreaterThan(0)
      expect(choice.device === speed.name || choice.reason.includes(`${speed.title} `)).toBe(true)
    }
    const start = ['train', 'net.json', '--data', await tinyData(), '--batch', '8', '--epochs', '1', '--out', 'run']
    const began = netwright(folder, ...start, '--device', 'tensorflow-cpu')
    const wentOn = netwright(folder, 'resume', 'run', '--device', 'tensorflow-openmp', '--epochs', '2')
    const ends = [began, wentOn].map(({ values }) => (values as readonly TrainingEvent[]).at(-1))
    expect(ends).toMatchObject([
      { type: 'end', reason: 'finished', step: 3 },
      { type: 'end', reason: 'finished', step: 6 },
    ])
    const [first] = wentOn.values as readonly TrainingEvent[]
    expect(first).toMatchObject({ type: 'start', device: 'tensorflow-openmp' })
  })
})
