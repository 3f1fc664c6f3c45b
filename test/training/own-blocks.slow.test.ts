import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { exportModel } from '../../src/main/trainer/jobs/export.js'
import { createExecutor } from '../../src/main/engine/create-executor.js'
import type { TensorMap } from '../../src/main/engine/executor.js'
import { makeBlock } from '../../src/shared/document/make-block.js'
import { inBlock } from '../../src/shared/document/inside.js'
import { parse, print } from '../../src/shared/document/file.js'
import { ungroup } from '../../src/shared/document/ungroup.js'
import type { Document } from '../../src/shared/document/document.js'
import { analyze } from '../../src/shared/graph/analyze.js'
import { initialState } from '../../src/shared/program/initial-state.js'
import { graphOf } from '../shared/graph-of.js'
import { batchFor } from '../main/engine/net.js'

const CLASSES = 3
const STEPS = 3

const FLAT = graphOf({
  input: ['input', { height: 8, width: 8 }],
  stem: ['conv2d', { filters: 4 }, 'input'],
  norm: ['batch_norm', {}, 'stem'],
  relu: ['relu', {}, 'norm'],
  left: ['conv2d', { filters: 4 }, 'relu'],
  right: ['residual', { width: 4 }, 'relu'],
  sum: ['add', {}, 'left', 'right'],
  pool: ['global_average_pool', {}, 'sum'],
  logits: ['dense', { units: CLASSES }, 'pool'],
  main: ['head', {}, 'logits'],
})

/** The same net with its middle in a block, and a part of that in a block inside it. */
const NESTED = inBlock(
  'middle',
  makeBlock(['norm', 'relu'], { name: 'inner', title: 'Inner' }),
)(makeBlock(['norm', 'relu', 'left', 'right', 'sum'], { name: 'middle', title: 'Middle' })(FLAT))

/** A node's name in the flat net: `middle/inner/norm/gamma` is `norm/gamma`. */
const flatName = (name: string) => name.replace(/^middle\/(inner\/)?/, '')

/** State and losses of a few steps of training on ONNX Runtime, from the given start. */
async function train(document: Document, start: TensorMap) {
  const analysis = analyze(document)
  const executor = createExecutor(analysis, { device: 'onnx-cpu', optimizer: 'momentum' })
  executor.setState(start)
  const losses: (number | undefined)[] = []
  for (let step = 0; step < STEPS; step++) {
    losses.push((await executor.run('train', batchFor(analysis, step, 4, CLASSES))).loss)
  }
  const state = await executor.getState()
  await executor.dispose()
  return { losses, state: new Map([...state].map(([name, tensor]) => [flatName(name), tensor])) }
}

it('a net with blocks within blocks trains, and bit for bit as the same net without', async () => {
  const opened = analyze(parse(print(NESTED)))
  expect(opened.issues).toEqual([])
  expect(opened.graph.nodes.map(({ id }) => id)).toContain('middle/inner/norm')
  const start = initialState(opened, 7)
  const flatStart = new Map([...start].map(([name, tensor]) => [flatName(name), tensor]))
  const nested = await train(NESTED, start)
  const flat = await train(FLAT, flatStart)
  expect(nested.losses).toEqual(flat.losses)
  expect(nested.losses.every((loss) => Number.isFinite(loss))).toBe(true)
  expect([...nested.state.keys()].sort()).toEqual([...flat.state.keys()].sort())
  let values = 0
  for (const [name, { data }] of flat.state) {
    values += data.length
    expect(nested.state.get(name)?.data, name).toEqual(data)
  }
  expect(nested.state.get('left/kernel')!.data).not.toEqual(start.get('middle/left/kernel')!.data)
  expect(print(ungroup('inner')(ungroup('middle')(NESTED)))).toBe(print(FLAT))
  console.log(`cases=${values}`)
})

it('a net with blocks within blocks is exported, and the files give the same numbers', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'netwright-own-blocks-'))
  for (const format of ['onnx', 'tfjs'] as const) {
    const output = join(folder, format)
    const report = await exportModel({ kind: 'export', document: print(NESTED), format, heads: 'all', output })
    console.log(report.judge, report.images, report.largestDifference)
    expect(report.images).toBeGreaterThan(0)
    expect(report.largestDifference).toBeLessThan(2e-6)
  }
  await rm(folder, { recursive: true })
})
