import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { setParam } from '../../../src/shared/document/commands.js'
import { parse, print } from '../../../src/shared/document/file.js'
import { testWorld, type TestWorld } from './world.js'

let world: TestWorld

beforeAll(async () => {
  world = await testWorld()
})
afterAll(() => world.remove())

const paperOf = (text: string) => (JSON.parse(text) as { paper?: unknown }).paper

it('says how a net stands to the numbers of its paper, edited or not, at whatever size it is shown', async () => {
  await world.run('new', 'mobilenet-v2', '-o', 'net.json')
  const file = join(world.folder, 'net.json')
  const published = { at: {}, parameters: 3_538_984, trainable: 3_504_872, multiplyAdds: 300_774_272 }
  const match = { template: 'mobilenet-v2', kind: 'match', published }
  expect(paperOf((await world.run('check', file, '--json')).out)).toMatchObject(match)
  expect(paperOf((await world.run('check', file, '--json', '--input', '96x96x3')).out)).toMatchObject(match)
  expect((await world.run('check', file)).out).toContain(
    'MobileNet v2: Matches the published numbers: 3,538,984 parameters, 300,774,272 multiply-adds (torchvision 0.29',
  )
  const edited = setParam('stage_2_block_1', 'channels', 32)(parse(await readFile(file, 'utf8')))
  const other = await world.write('edited.json', print(edited))
  expect(paperOf((await world.run('check', other, '--json')).out)).toMatchObject({
    template: 'mobilenet-v2',
    kind: 'deviates',
    message:
      "Not the paper's net: stage_2_block_1/project has filters 32, in the paper's net 24, which makes 56x56x24.",
    where: { node: 'stage_2_block_1', inner: 'stage_2_block_1/project' },
  })
})

it('says nothing of a paper where there is none', async () => {
  await world.run('new', 'inception-mini', '-o', 'mini.json')
  const { out, code } = await world.run('check', join(world.folder, 'mini.json'), '--json')
  expect([paperOf(out), code]).toEqual([undefined, 0])
})
