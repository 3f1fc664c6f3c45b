import { afterEach, beforeEach, expect, it } from 'vitest'
import { findTensorFlow } from '../../../src/main/engine/tensorflow/library.js'
import { CHOSEN } from '../../contract/scripted-launcher.js'
import { testWorld, type TestWorld } from './world.js'

const hasTensorFlow = findTensorFlow('tensorflow').library !== undefined

let world: TestWorld

beforeEach(async () => {
  world = await testWorld()
  await world.write('net.json', (await world.run('new', 'cifar-resnet-20')).out)
})
afterEach(() => world.remove())

it('devices lists them', async () => {
  expect((await world.run('devices')).out).toBe(
    [
      'device    there  title                     detail',
      'auto      yes    Automatic                 Uses Processor (ONNX Runtime).',
      'onnx-cpu  yes    Processor (ONNX Runtime)  2 cores.',
      '',
    ].join('\n'),
  )
  expect((await world.run('devices', 'net.json')).out).toBe(`auto is onnx-cpu. ${CHOSEN.reason}\n`)
  expect((await world.run('devices', 'x')).code).toBe(1)
})

it('engine lists and removes TensorFlow, and says what it takes', async () => {
  const { code, out } = await world.run('engine', 'list', '--json')
  expect(code).toBe(0)
  const { engines } = JSON.parse(out) as { engines: readonly { name: string }[] }
  expect(engines.map(({ name }) => name)).toEqual(['tensorflow', 'tensorflow-openmp'])
  expect(Object.keys(engines[0]!)).toContain(hasTensorFlow ? 'library' : 'hint')
  for (const words of [[], ['--openmp']]) {
    expect((await world.run('engine', 'remove', ...words)).out).toBe('There was nothing to remove.\n')
  }
  const wrong = await world.run('engine', 'mend')
  expect([wrong.code, wrong.err]).toEqual([1, 'There is no action mend.\nWrite list, install or remove.\n'])
})
