import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { testWorld, type TestWorld } from './world.js'

let world: TestWorld
beforeEach(async () => {
  world = await testWorld()
  await world.write('net.json', (await world.run('new', 'cifar-resnet-20')).out)
})
afterEach(() => world.remove())

it('takes no option for the value of another, and says which value is missing', async () => {
  const cases = [
    ['new', 'cifar-resnet-20', '-o', '--json'],
    ['train', 'net.json', '--data', '--epochs', '3', '--json'],
    ['train', 'net.json', '--data', 'builtin', '--workers', '--json'],
  ]
  const said: string[] = []
  for (const words of cases) {
    const { code, out } = await world.run(...words)
    said.push(`${code} ${(JSON.parse(out) as { error: { message: string } }).error.message}`)
  }
  expect(said).toEqual(['1 -o needs a value.', '1 --data needs a value.', '1 --workers needs a value.'])
  expect((await world.run('new', 'cifar-resnet-20', '--output=--x.json')).code).toBe(0)
  expect((await readdir(world.folder)).sort()).toEqual(['--x.json', 'net.json'])
  console.log(`cases=${cases.length + 1}`)
})

it('names the option of a weight that is no number', async () => {
  const words = ['train', 'net.json', '--data', 'builtin', '--head-weight', 'main=heavy']
  expect(await world.run(...words)).toMatchObject({
    code: 1,
    err: '--head-weight needs a number, not "heavy".\nWrite 0.05 or 5e-2.\n',
  })
})

it('leaves no run folder behind for a wrong list of workers', async () => {
  const { code } = await world.run('train', 'net.json', '--data', 'builtin', '--workers', 'nonsense')
  expect(code).toBe(1)
  expect(await readdir(join(world.folder, 'home', 'runs')).catch(() => [])).toEqual([])
})
