import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { AppError } from '../../../src/shared/errors.js'
import { DEFAULT_SETTINGS } from '../../../src/shared/training/settings.js'
import { END, START, step, storeRunIn, VALIDATION } from '../../contract/home.js'
import { CHOSEN } from '../../contract/scripted-launcher.js'
import { testWorld, type TestWorld } from './world.js'
import { eventually } from '../../eventually.js'

const REPORT = {
  format: 'onnx',
  path: '/x/net.onnx',
  files: [{ name: 'net.onnx', bytes: 1_234_567 }],
  heads: ['main'],
  dropped: ['drop'],
  judge: 'ONNX Runtime 1.30',
  images: 8,
  largestDifference: 1.24e-7,
} as const

let world: TestWorld

beforeEach(async () => {
  world = await testWorld({
    evaluate: {
      images: 8,
      classes: ['cat', 'dog'],
      heads: {
        main: {
          loss: 0.4,
          accuracy: 0.875,
          confusion: [
            [4, 0],
            [1, 3],
          ],
        },
      },
    },
    predict: {
      classes: ['cat', 'dog'],
      heads: {
        main: [
          [0.25, 0.75],
          [0.9, 0.1],
        ],
      },
    },
    export: REPORT,
  })
  await world.write('net.json', (await world.run('new', 'cifar-resnet-20')).out)
  await mkdir(join(world.folder, 'run'))
})
afterEach(() => world.remove())

/** Start a train command and wait until its job is there. */
async function training(...args: string[]) {
  const answer = world.run('train', 'net.json', ...args)
  await Promise.race([answer, eventually(() => expect(world.launcher.jobs.length).toBe(1))])
  return { answer }
}

describe('train', () => {
  it('turns options into settings, paths taken from the current folder', async () => {
    const options = ['--data', 'pets', '--epochs', '3', '--batch=16', '--optimizer', 'adam', '--learning-rate', '1e-3']
    options.push('--head-weight', 'main=0.5', '--seed', '7', '--no-shuffle', '--no-augment', '--steps', '9')
    options.push('--weight-decay', '5e-4', '--clip-norm', '1', '--label-smoothing=0.1')
    const { answer } = await training(...options, '--out', 'fresh', '--weights', 'w.safetensors')
    world.launcher.finish()
    expect((await answer).code).toBe(0)
    expect(world.launcher.jobs).toEqual([
      {
        kind: 'train',
        document: (await world.run('new', 'cifar-resnet-20')).out,
        settings: {
          ...DEFAULT_SETTINGS,
          data: join(world.folder, 'pets'),
          epochs: 3,
          steps: 9,
          batch: 16,
          optimizer: 'adam',
          learningRate: 0.001,
          weightDecay: 0.0005,
          clipNorm: 1,
          labelSmoothing: 0.1,
          headWeights: { main: 0.5 },
          seed: 7,
          shuffle: false,
          augment: false,
        },
        folder: join(world.folder, 'fresh'),
        weights: join(world.folder, 'w.safetensors'),
        chosen: CHOSEN,
      },
    ])
  })

  it('prints one event a line, and keeps the run at home', async () => {
    const { answer } = await training('--data', 'builtin', '--json')
    world.launcher.tell([START, step(1)])
    world.launcher.tell([step(2), VALIDATION, END])
    world.launcher.finish()
    const { code, out, err } = await answer
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown)
    expect({ code, lines }).toEqual({ code: 0, lines: [START, step(1), step(2), VALIDATION, END] })
    const [run] = await readdir(join(world.folder, 'home', 'runs'))
    expect(run).toMatch(/^\d{4}-\d\d-\d\d-resnet-20-1$/)
    expect(err).toBe(`The run is kept in ${join(world.folder, 'home', 'runs', run!)}\n`)
  })

  it('tells people in words, on standard error', async () => {
    const { answer } = await training('--data', 'builtin')
    world.launcher.tell([START, step(1), VALIDATION, END])
    world.launcher.finish()
    const { out, err } = await answer
    expect(out).toBe('')
    expect(err).toContain('onnx-cpu (the only one): 64 images, 8 for validation, 2 steps\n')
    expect(err).toContain('epoch 1  validation loss 0.4000  main 0.400 / 80.0 %\n')
    expect(err).toContain('finished after 2 steps\n')
  })

  it('stops after the step when Ctrl-C is pressed', async () => {
    const { answer } = await training('--data', 'builtin', '--json')
    world.launcher.tell([START])
    world.interrupt()
    const { code, out } = await answer
    expect(code).toBe(0)
    expect(out.trimEnd().split('\n').at(-1)).toBe('{"type":"end","reason":"stopped","step":2}')
  })

  it('keeps a run that began, however it ended, and no folder of one that did not', async () => {
    const begun = await training('--data', 'builtin', '--out', 'begun')
    await storeRunIn(join(world.folder, 'begun'), 'failed', [START, step(1)])
    world.launcher.finish(new AppError('run/not-finite', 'Not a number.', 'Lower the rate.'))
    expect((await begun.answer).code).toBe(1)
    expect((await readdir(world.folder)).includes('begun')).toBe(true)
    world.launcher.jobs.length = 0
    const unbegun = await training('--data', 'builtin', '--out', 'deep/unbegun')
    world.launcher.finish(new AppError('data/no-images', 'No images.', 'Choose another folder.'))
    expect((await unbegun.answer).code).toBe(1)
    expect(await readdir(join(world.folder, 'deep'))).toEqual([])
  })

  it('fails with 1 where the data is wrong and with 2 where the trainer died', async () => {
    const wrong = await training('--data', 'builtin', '--json')
    world.launcher.finish(new AppError('data/no-images', 'No images.', 'Choose another folder.'))
    expect(await wrong.answer).toEqual({
      code: 1,
      out: '{"error":{"code":"data/no-images","message":"No images.","hint":"Choose another folder."}}\n',
      err: 'No images.\nChoose another folder.\n',
    })
    // Nothing is left of a run that never began.
    expect(await readdir(join(world.folder, 'home', 'runs'))).toEqual([])
    world.launcher.jobs.length = 0
    const died = await training('--data', 'builtin')
    world.launcher.finish(new AppError('trainer/crashed', 'Ended by SIGKILL.', 'Start again.'))
    expect((await died.answer).code).toBe(2)
  })

  it('refuses a net with problems, naming all of them', async () => {
    const document = JSON.stringify({
      format: 'netwright',
      version: 1,
      name: 'x',
      nodes: {},
      wires: [],
      blocks: {},
      training: {},
    })
    await world.write('empty.json', document)
    const { code, out } = await world.run('train', 'empty.json', '--data', 'builtin', '--json')
    const { error } = JSON.parse(out) as { error: { code: string; issues: unknown[] } }
    expect({ code, error: error.code, jobs: world.launcher.jobs }).toEqual({
      code: 1,
      error: 'graph/has-errors',
      jobs: [],
    })
    expect(error.issues.length).toBeGreaterThan(0)
  })

  it('keeps an earlier run', async () => {
    await writeFile(join(world.folder, 'run', 'run.json'), '{}')
    const { code, err } = await world.run('train', 'net.json', '--data', 'builtin', '--out', 'run')
    expect({ code, jobs: world.launcher.jobs }).toEqual({ code: 1, jobs: [] })
    expect(err).toContain('is not empty')
  })

  it.each([
    [[], '--data is missing.'],
    [['--data', 'builtin', '--optimizer', 'lion'], 'optimizer cannot be "lion".'],
    [['--data', 'builtin', '--batch', '0'], 'batch cannot be 0.'],
    [['--data', 'builtin', '--batch', '1.5'], '--batch needs a whole number of 0 or more, not 1.5.'],
    [['--data', 'builtin', '--learning-rate', 'fast'], '--learning-rate needs a number, not "fast".'],
    [['--data', 'builtin', '--head-weight', 'main'], '--head-weight needs name=value, not "main".'],
    [['--data', 'builtin', '--head-weight', 'main=x'], '--head-weight needs a number, not "x".'],
    [['--data', 'builtin', '--head-weight', 'aux=1'], 'There is no head aux.\nThe heads are main.'],
    [['--data', 'builtin', '--device', 'abacus'], 'device cannot be "abacus".'],
  ])('%j is refused', async (args, message) => {
    const { code, err } = await world.run('train', 'net.json', ...args)
    expect({ code, jobs: world.launcher.jobs }).toEqual({ code: 1, jobs: [] })
    expect(err).toContain(message)
  })
})

describe('evaluate', () => {
  it('measures a run on its own or other data', async () => {
    const run = join(world.folder, 'run')
    expect((await world.run('evaluate', 'run')).out).toBe('8 images\nhead    loss  accuracy\nmain  0.4000    87.5 %\n')
    await world.run('evaluate', 'run', '--data', 'more', '--part', 'train', '--json')
    expect(world.launcher.jobs).toEqual([
      { kind: 'evaluate', run, part: 'validation' },
      { kind: 'evaluate', run, part: 'train', data: join(world.folder, 'more') },
    ])
  })

  it('finds runs at home by their id, and says when there is none', async () => {
    const run = join(world.folder, 'home', 'runs', 'old-1')
    await mkdir(run, { recursive: true })
    await world.run('evaluate', 'old-1')
    expect(world.launcher.jobs).toEqual([{ kind: 'evaluate', run, part: 'validation' }])
    const missing = await world.run('evaluate', 'old-2', '--json')
    expect(missing.code).toBe(1)
    expect(JSON.parse(missing.out)).toMatchObject({ error: { code: 'run/not-found' } })
  })
})

describe('predict', () => {
  it('classifies files or data', async () => {
    const { out } = await world.run('predict', 'run', 'a.png', 'b.png')
    expect(out).toBe('image  head  class  probability\na.png  main  dog    75.0 %\nb.png  main  cat    90.0 %\n')
    const json = await world.run('predict', 'run', '--data', 'builtin', '--json')
    expect(JSON.parse(json.out)).toEqual({
      classes: ['cat', 'dog'],
      heads: {
        main: [
          [0.25, 0.75],
          [0.9, 0.1],
        ],
      },
    })
    expect(world.launcher.jobs.map((job) => job.kind === 'predict' && job.source)).toEqual([
      { kind: 'files', paths: [join(world.folder, 'a.png'), join(world.folder, 'b.png')] },
      { kind: 'data', spec: 'builtin' },
    ])
    expect((await world.run('predict', 'run')).err).toContain('Give either images or --data.')
  })
})

describe('export', () => {
  it('takes a run or a document', async () => {
    const { out } = await world.run('export', 'run', '--format', 'onnx')
    expect(out).toBe(
      '/x/net.onnx: 1 file, 1,234,567 bytes\nheads: main\nleft out: drop\nchecked with ONNX Runtime 1.30 on 8 images: largest difference 1.2e-7\n',
    )
    await world.run('export', 'net.json', '--format', 'tfjs', '--heads', 'main')
    const document = (await world.run('new', 'cifar-resnet-20')).out
    expect(world.launcher.jobs).toEqual([
      {
        kind: 'export',
        run: join(world.folder, 'run'),
        format: 'onnx',
        heads: 'all',
        output: join(world.folder, 'run.onnx'),
      },
      { kind: 'export', document, format: 'tfjs', heads: 'main', output: join(world.folder, 'net-tfjs') },
    ])
    expect((await world.run('export', 'run')).err).toContain('--format is missing.')
    expect((await world.run('export', 'run', '--format', 'pickle')).err).toContain('--format cannot be pickle.')
  })
})
