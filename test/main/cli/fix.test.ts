import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { setParam } from '../../../src/shared/document/commands.js'
import { parse, print } from '../../../src/shared/document/file.js'
import { disconnect } from '../../../src/shared/document/wires.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'
import { graphOf } from '../../shared/graph-of.js'
import { testWorld, type TestWorld } from './world.js'

let world: TestWorld

beforeAll(async () => {
  world = await testWorld()
})
afterAll(() => world.remove())

/** A net with three errors, a warning and a hint. */
const BROKEN = graphOf({
  input: ['input'],
  a: ['conv2d', { filters: 8 }, 'input'],
  a_bn: ['batch_norm', {}, 'a'],
  b: ['conv2d', { filters: 8, kernel: [3, 3], stride: [2, 2] }, 'input'],
  sum: ['add', {}, 'a_bn', 'b'],
  lost: ['relu', {}, 'b'],
  pool: ['global_average_pool', {}, 'sum'],
  logits: ['dense', { units: 0 }, 'pool'],
})
const codes = (text: string) => analyze(parse(text)).issues.map(({ code }) => code)

it('does all that check offers for errors, and says what', async () => {
  await world.write('broken.json', print(BROKEN))
  const { code, out, err } = await world.run('fix', 'broken.json', '-o', 'whole.json')
  const whole = await readFile(join(world.folder, 'whole.json'), 'utf8')
  expect([code, out, codes(whole)]).toEqual([0, '', ['graph/dead-end']])
  expect(err.split('\n').slice(0, 3)).toEqual(['Set units to 10', 'Set stride of b to 1', 'Add a head'])
  expect(await world.run('fix', 'whole.json')).toMatchObject({ code: 0, out: whole })
})

it('does what warnings and hints offer where it is asked to', async () => {
  const { code, out, err } = await world.run('fix', 'whole.json', '--all')
  expect([code, codes(out), err]).toEqual([0, [], 'Remove lost\nLeave out the bias\nMended in 2 steps\n'])
  expect(parse(out).nodes['a']!.params['bias']).toBe(false)
})

it('gives every head the classes of the data, in blocks too', async () => {
  await world.write('net.json', print(buildTemplate(templateOf('googlenet')!)))
  const { code, out } = await world.run('fix', 'net.json', '--classes', '12', '-o', 'twelve.json', '--json')
  const { heads } = analyze(parse(await readFile(join(world.folder, 'twelve.json'), 'utf8')))
  expect([code, heads.map(({ shape }) => shape)]).toEqual([0, [[12], [12], [12]]])
  expect(JSON.parse(out)).toMatchObject({
    done: ['Set the classes of main to 12', 'Set the classes of aux_1 to 12', 'Set the classes of aux_2 to 12'],
    issues: [],
  })
})

it('fails where errors are left, and where it is asked for what cannot be', async () => {
  const { wires } = BROKEN
  const gap = disconnect(wires.find(({ to }) => to === 'logits')!)(setParam('logits', 'units', 3)(graphOf({ input: ['input'], logits: ['dense', {}, 'input'] }))) // prettier-ignore
  await world.write('circle.json', print({ ...gap, wires: [{ from: 'logits', to: 'logits', input: 0 }] }))
  const { code, err } = await world.run('fix', 'circle.json', '-o', 'left.json')
  expect([code, err.includes('error at logits')]).toEqual([1, true])
  const refused = [
    ['fix', 'net.json', '--json'],
    ['fix', 'net.json', '--classes', '1'],
    ['fix', 'circle.json', '--classes', '3'],
  ]
  const said: unknown[] = []
  for (const command of refused) said.push((await world.run(...command)).err.split('\n')[0])
  expect(said).toEqual(['--json needs a file to write the document to.', '--classes cannot be 1.', expect.any(String)])
})
