import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parseBundle } from '../../../src/shared/document/bundle.js'
import { print } from '../../../src/shared/document/file.js'
import { blockFrom, netOf, whole } from '../../shared/own-blocks.js'
import { testWorld, type TestWorld } from './world.js'

let world: TestWorld
beforeAll(async () => {
  world = await testWorld()
})
afterAll(() => world.remove())

const step = { ...blockFrom({ conv: ['conv2d', { filters: '=N' }, 'in'] }, [whole('N', 8)]), title: 'Step' }
const NET = netOf({ step }, { a: ['own/step', {}, 'input'], b: ['own/step', { N: 5 }, 'a'] })

it('takes a block of a net into the library, lists it and writes it as a file that can be taken again', async () => {
  await writeFile(join(world.folder, 'net.json'), print(NET))
  expect(await world.run('blocks', 'list')).toEqual({ code: 0, out: 'Your library holds no blocks yet.\n', err: '' })
  expect(await world.run('blocks', 'import', 'net.json', '--block', 'step')).toMatchObject({
    code: 0,
    out: 'step is in your library.\n',
  })
  expect((await world.run('blocks', 'list')).out).toMatch(/step +Step +1 in, 1 out +N/)
  const { out } = await world.run('blocks', 'export', 'step')
  expect(parseBundle(out)).toEqual({ name: 'step', blocks: { step } })
  await world.run('blocks', 'export', 'step', '-o', 'step.netblock')
  expect(await readFile(join(world.folder, 'step.netblock'), 'utf8')).toBe(out)
  await world.run('blocks', 'remove', 'step')
  expect(JSON.parse((await world.run('blocks', 'import', 'step.netblock', '--json')).out)).toEqual({
    name: 'step',
    title: 'Step',
    doc: '',
    inputs: 1,
    outputs: 1,
    params: ['N'],
  })
  expect(JSON.parse((await world.run('blocks', 'list', '--json')).out)).toMatchObject({ blocks: [{ name: 'step' }] })
})

it('checks a net of own blocks', async () => {
  await writeFile(join(world.folder, 'net.json'), print(NET))
  const { code, out } = await world.run('check', 'net.json', '--json')
  const parameters = 3 * 9 * 8 + 8 + (8 * 9 * 5 + 5) + (5 * 5 + 5)
  expect([code, JSON.parse(out)]).toMatchObject([0, { parameters: { total: parameters } }])
})

it('says what is wrong', async () => {
  await writeFile(join(world.folder, 'net.json'), print(NET))
  const answers = [
    await world.run('blocks'),
    await world.run('blocks', 'drop'),
    await world.run('blocks', 'export', 'nothing'),
    await world.run('blocks', 'import', 'net.json'),
    await world.run('blocks', 'import', 'net.json', '--block', 'other'),
    await world.run('blocks', 'import', 'missing.netblock'),
  ]
  expect(answers.map(({ code }) => code)).toEqual([1, 1, 1, 1, 1, 1])
  expect(answers.map(({ err }) => err.split('\n')[0])).toEqual([
    expect.stringContaining('action is missing.'),
    expect.stringContaining('There is no action drop.'),
    expect.stringContaining('nothing'),
    expect.stringContaining('The file is a document, but it shares no block.'),
    expect.stringContaining('net.json has no block other.'),
    expect.stringContaining('missing.netblock'),
  ])
})
