import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parse } from '../../../src/shared/document/file.js'
import { templates } from '../../../src/shared/templates/index.js'
import { testWorld, type TestWorld } from './world.js'

let world: TestWorld

beforeAll(async () => {
  world = await testWorld()
})
afterAll(() => world.remove())

const json = (text: string) => JSON.parse(text) as Record<string, unknown>

/** Two convolutions of different size run into one concat. */
const MISMATCH = JSON.stringify({
  format: 'netwright',
  version: 1,
  name: 'Broken',
  nodes: {
    input: { type: 'input', params: { height: 32, width: 32, channels: 3 }, at: [0, 0] },
    a: { type: 'conv2d', params: { filters: 8 }, at: [0, 0] },
    b: { type: 'conv2d', params: { filters: 8, stride: [2, 2] }, at: [0, 0] },
    cat: { type: 'concat', params: {}, at: [0, 0] },
  },
  wires: [
    { from: 'input', to: 'a', input: 0 },
    { from: 'input', to: 'b', input: 0 },
    { from: 'a', to: 'cat', input: 0 },
    { from: 'b', to: 'cat', input: 1 },
  ],
  blocks: {},
  training: {},
})

describe('templates', () => {
  it('lists names and fields', async () => {
    const { code, out, err } = await world.run('templates', '--json')
    const list = JSON.parse(out) as { name: string; title: string; parameters: Record<string, unknown> }[]
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(list.map(({ name }) => name)).toEqual(templates.map(({ name }) => name))
    expect(list.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['cifar-resnet-20', 'googlenet', 'inception-mini', 'plain-20', 'resnet-18', 'vgg-16']),
    )
    for (const { parameters } of list)
      expect(Object.keys(parameters)).toEqual(expect.arrayContaining(['classes', 'height', 'width']))
    expect(list.find(({ name }) => name === 'googlenet')!.parameters['heads']).toMatchObject({
      options: ['all', 'main'],
    })
    console.log(`cases=${list.length}`)
  })
})

describe('new', () => {
  it('prints a document with the fields that were set', async () => {
    const { code, out } = await world.run('new', 'cifar-resnet-20', '--set', 'classes=7', '--set=height=64')
    const { nodes } = parse(out)
    expect(code).toBe(0)
    expect(nodes['input']!.params['height']).toBe(64)
    expect(nodes['logits']!.params['units']).toBe(7)
  })

  it('writes a file and keeps standard output free', async () => {
    const { code, out, err } = await world.run('new', 'plain-20', '-o', 'plain.json')
    expect({ code, out, err }).toEqual({ code: 0, out: '', err: `Written to ${join(world.folder, 'plain.json')}\n` })
    expect(parse(await readFile(join(world.folder, 'plain.json'), 'utf8')).name).toBe('Plain-20')
  })

  it.each([
    [['new'], 'template is missing.\nName one template.\n'],
    [['new', 'x', 'y'], 'One template is expected, not 2: x y.\nQuote spaces.\n'],
    [['new', 'lenet'], 'There is no template lenet.\nThe templates are '],
    [['new', 'vgg-16', '--set', 'classes'], '--set needs name=value, not "classes".\n'],
    [['new', 'vgg-16', '--set', 'colour=red'], 'VGG-16 has no field colour.\n'],
    [['new', 'vgg-16', '--set', 'classes=many'], 'classes of VGG-16 must be a number, not "many".\n'],
    [['new', 'vgg-16', '-o', 'no/such/folder/x.json'], join('no/such/folder')],
  ])('%j is refused', async (args, message) => {
    const { code, out, err } = await world.run(...args)
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain(message)
  })
})

describe('check', () => {
  const check = async (template: string, ...more: string[]) => {
    const { out } = await world.run('new', template, ...more)
    const file = await world.write('net.json', out)
    return json((await world.run('check', file, '--json')).out)
  }

  it('counts as the published nets do', async () => {
    const cases = [await check('vgg-16'), await check('resnet-18'), await check('cifar-resnet-20')]
    cases.push(await check('googlenet'), await check('googlenet', '--set', 'heads=main'))
    expect(cases.map(({ parameters, multiplyAdds }) => [parameters, multiplyAdds])).toMatchObject([
      [{ total: 138_357_544 }, 15_470_264_320],
      [{ trainable: 11_689_512 }, 1_814_073_344],
      [{ trainable: 272_474 }, expect.any(Number)],
      [{ total: 13_378_280 }, expect.any(Number)],
      [{ total: 6_998_552 }, expect.any(Number)],
    ])
    const heads = cases[3]!['heads'] as { id: string }[]
    expect(heads.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual([
      { id: 'aux_1', shape: [1000], weight: 0.3, depth: { longest: 12, shortest: 9 } },
      { id: 'aux_2', shape: [1000], weight: 0.3, depth: { longest: 18, shortest: 12 } },
      { id: 'main', shape: [1000], weight: 1, depth: { longest: 22, shortest: 13 } },
    ])
  })

  it('lists flat nodes with their paths', async () => {
    const { nodes } = (await check('cifar-resnet-20')) as unknown as { nodes: { id: string }[] }
    const all = { size: 1, stride: 1, first: 0 }
    expect(nodes[0]).toEqual({
      ...{ id: 'input', type: 'input', output: [32, 32, 3], parameters: 0, multiplyAdds: 0, padding: 0 },
      receptiveField: [all, all],
    })
    expect(nodes.find(({ id }) => id === 'conv_1')).toEqual({
      id: 'conv_1',
      type: 'conv2d',
      output: [32, 32, 16],
      parameters: 432,
      multiplyAdds: 442_368,
      receptiveField: [0, 1].map(() => ({ size: 3, stride: 1, first: -1 })),
      padding: 1 - (94 / 96) * (94 / 96),
    })
    expect(nodes.filter(({ id }) => id.startsWith('stage_2_block_1/')).length).toBeGreaterThan(6)
  })

  it('takes another size', async () => {
    const file = await world.write('net.json', (await world.run('new', 'cifar-resnet-20')).out)
    const { out } = await world.run('check', file, '--input', '64x48x3', '--json')
    expect((json(out)['nodes'] as { output: number[] }[])[0]!.output).toEqual([64, 48, 3])
  })

  it('prints the problems of a broken document, and fails', async () => {
    const file = await world.write('broken.json', MISMATCH)
    const { code, out } = await world.run('check', file, '--json')
    expect(code).toBe(1)
    const issues = json(out)['issues'] as { code: string; where: { node?: string } }[]
    expect(issues.find((issue) => issue.code === 'shape/mismatch')).toEqual({
      severity: 'error',
      code: 'shape/mismatch',
      message: expect.stringContaining('16x16x8') as unknown,
      hint: expect.stringContaining('Concat') as unknown,
      where: { node: 'cat', input: 1 },
      fix: 'Set stride of b to 1',
    })
    const words = await world.run('check', file)
    expect(words.code).toBe(1)
    expect(words.out).toContain('error at cat: ')
    expect(words.out).toContain('  Fix: Set stride of b to 1.\n')
  })

  it('tells memory, depth, intensity, sizes that work and hints', async () => {
    const text = (await world.run('new', 'resnet-18', '--set', 'height=32', '--set', 'width=32')).out
    const file = await world.write('net.json', text)
    const { out } = await world.run('check', file, '--batch', '8', '--optimizer', 'adam')
    expect(out.slice(out.indexOf('\n\n') + 2).split('\n')).toEqual([
      '11,699,112 parameters, 11,689,512 of them trainable',
      '37,523,456 multiply-adds',
      '10.3 operations per byte moved, 8 images',
      'about 181.7 MiB to train 8 images with adam: 44.6 MiB weights, 44.6 MiB gradients, 89.2 MiB slots, about 3.2 MiB activations',
      'heads: main 1000 (weight 1, 18 layers deep, 5 on the shortest way)',
      'images: Works from 1 px on; multiples of 32 keep every stage whole.',
      'ResNet-18: As the template draws it, in a form without published numbers: height 32 (published: 224), width 32 (published: 224)',
      '',
      'hint: Only 4 of the 9 values of each kernel of stage_4_block_1/conv_1 ever meet a pixel: its map is 2x2.',
      '  Use larger images, fewer strides before it, or a smaller kernel.',
      '  So at stage_4_block_2/conv_1.',
      '',
    ])
    const { memory, sizes, hints } = json((await world.run('check', file, '--json', '--batch', '8')).out)
    const rule = { smallest: 1, whole: { every: 32, remainder: 0 }, complete: true }
    expect({ memory, sizes, hints: (hints as unknown[]).length }).toEqual({
      memory: {
        batch: 8,
        optimizer: 'momentum',
        bytes: {
          weights: 46_796_448,
          gradients: 46_758_048,
          slots: 46_758_048,
          activations: 3_407_104,
          total: 143_719_648,
        },
      },
      sizes: { height: rule, width: rule },
      hints: 2,
    })
    const half = json((await world.run('check', file, '--json', '--batch', '8', '--precision', 'float16')).out)
    expect(half['memory']).toMatchObject({ bytesPerValue: 2, bytes: { total: 143_719_648 / 2 } })
  })

  it.each([
    [['--batch', '0'], '--batch cannot be 0.'],
    [['--optimizer', 'newton'], 'There is no optimizer newton.'],
    [['--precision', 'double'], 'There is no precision double.'],
  ])('%j is refused', async (options, message) => {
    const file = await world.write('net.json', (await world.run('new', 'cifar-resnet-20')).out)
    const { code, err } = await world.run('check', file, ...options)
    expect([code, err.split('\n')[0]]).toEqual([1, message])
  })

  it.each([
    ['random bytes', Buffer.from([0x89, 0, 255, 254, 1, 2]), 'file/refused'],
    ['nothing', '', 'document/not-json'],
    ['other JSON', '[1,2]', 'document/not-netwright'],
    ['a newer version', '{"format":"netwright","version":99,"nodes":{}}', 'document/newer-version'],
    ['a wrong shape', '{"format":"netwright","version":1,"nodes":[]}', 'document/invalid'],
    ['a prototype', '{"format":"netwright","version":1,"__proto__":{"x":1}}', 'document/'],
  ])('%s instead of a document: message and hint', async (_name, content, expected) => {
    const file = await world.write('bad.json', content)
    const { code, out, err } = await world.run('check', file, '--json')
    const { error } = json(out) as { error: { code: string; message: string; hint: string } }
    expect(code).toBe(1)
    expect(error.code).toContain(expected)
    expect(err).toBe(`${error.message}\n${error.hint}\n`)
    expect(error.hint).not.toBe('')
  })

  it.each([
    [['check'], 'file is missing.'],
    [['check', 'none.json'], 'none.json does not exist.'],
    [['check', 'net.json', '--input', '64'], '--input cannot be 64.'],
    [
      ['check', 'net.json', '--inptu', '64x64x3'],
      'There is no option --inptu here.\nThe options are --input, --batch, --optimizer, --precision, --json.\n',
    ],
    [['check', 'net.json', '--input'], '--input needs a value.'],
    [['check', 'net.json', '--json=yes'], '--json takes no value.'],
    [['chekc', 'net.json'], 'There is no command chekc.\nCommands: templates, new, '],
  ])('%j is refused', async (args, message) => {
    const { code, err } = await world.run(...args)
    expect(code).toBe(1)
    expect(err).toContain(message)
  })
})

describe('help', () => {
  it('comes for the whole and for every command', async () => {
    const whole = await world.run('--help')
    const names = [...whole.out.matchAll(/^ {2}(\w+) /gm)].map(([, name]) => name!)
    expect(names).toEqual([
      'templates',
      'new',
      'blocks',
      'check',
      'fix',
      'compare',
      'train',
      'stop',
      'resume',
      'probe',
      'evaluate',
      'predict',
      'export',
      'devices',
      'engine',
      'worker',
      'serve',
    ])
    for (const name of names) {
      const { code, out } = await world.run(name, '--help')
      expect({ code, first: out.split(' ').slice(0, 2) }).toEqual({ code: 0, first: ['netwright', name] })
    }
    expect(await world.run('--version')).toEqual({ code: 0, out: '9.9\n', err: '' })
    expect(await world.run()).toEqual({ code: 1, out: '', err: whole.out })
    console.log(`cases=${names.length}`)
  })
})
