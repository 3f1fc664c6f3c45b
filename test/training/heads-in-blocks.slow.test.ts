import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createExecutor } from '../../src/main/engine/create-executor.js'
import type { TensorMap } from '../../src/main/engine/executor.js'
import { exportModel } from '../../src/main/trainer/jobs/export.js'
import type { Document } from '../../src/shared/document/document.js'
import { print } from '../../src/shared/document/file.js'
import { makeBlock } from '../../src/shared/document/make-block.js'
import { ungroup } from '../../src/shared/document/ungroup.js'
import { analyze } from '../../src/shared/graph/analyze.js'
import { initialState } from '../../src/shared/program/initial-state.js'
import { batchFor } from '../main/engine/net.js'
import { graphOf } from '../shared/graph-of.js'

const CLASSES = 3
const STEPS = 3

const FLAT = graphOf({
  input: ['input', { height: 8, width: 8 }],
  conv: ['conv2d', { filters: 4 }, 'input'],
  more: ['conv2d', { filters: 4 }, 'conv'],
  pool: ['global_average_pool', {}, 'more'],
  logits: ['dense', { units: CLASSES }, 'pool'],
  main: ['head', {}, 'logits'],
  aux_pool: ['global_average_pool', {}, 'conv'],
  aux_logits: ['dense', { units: CLASSES }, 'aux_pool'],
  aux: ['head', { weight: 0.3 }, 'aux_logits'],
})

const AUXILIARY = makeBlock(['aux_pool', 'aux_logits', 'aux'], { name: 'side', title: 'Side' })(FLAT)

/** Both ends in blocks of their own: the main head with its classifier, and the auxiliary one. */
const IN_BLOCKS = makeBlock(['pool', 'logits', 'main'], { name: 'tail', title: 'Tail' })(AUXILIARY)

const flatName = (name: string) => name.replace(/^(side|tail)\//, '')

/** Losses, numbers of right answers and state of a few steps, with a look at the gradients of each head. */
async function train(document: Document, start: TensorMap, device: 'onnx-cpu' | 'tensorflow-cpu') {
  const analysis = analyze(document)
  const executor = createExecutor(analysis, { device, optimizer: 'momentum' })
  await executor.setState(start)
  const steps: unknown[] = []
  for (let step = 0; step < STEPS; step++) {
    const batch = batchFor(analysis, step, 4, CLASSES)
    const { loss, heads } = await executor.run('train', batch)
    steps.push([loss, Object.fromEntries(Object.entries(heads).map(([id, head]) => [flatName(id), head]))])
  }
  const batch = batchFor(analysis, 9, 4, CLASSES)
  const { heads } = await executor.run('evaluate', batch)
  const evaluated = Object.fromEntries(Object.entries(heads).map(([id, head]) => [flatName(id), head]))
  const state = await executor.getState()
  await executor.dispose()
  return { steps, evaluated, state: new Map([...state].map(([name, { data }]) => [flatName(name), data])) }
}

it.each(['onnx-cpu', 'tensorflow-cpu'] as const)(
  'heads in blocks train on %s bit for bit as outside',
  async (device) => {
    const opened = analyze(IN_BLOCKS)
    expect([opened.issues, opened.heads.map(({ id }) => id)]).toEqual([[], ['tail/main', 'side/aux']])
    const start = initialState(opened, 7)
    const inside = await train(IN_BLOCKS, start, device)
    const flat = await train(FLAT, new Map([...start].map(([name, tensor]) => [flatName(name), tensor])), device)
    expect(inside.steps).toEqual(flat.steps)
    expect(Object.keys(inside.evaluated).sort()).toEqual(['aux', 'main'])
    expect(inside.evaluated).toEqual(flat.evaluated)
    expect(inside.state).toEqual(flat.state)
    expect(print(ungroup('side')(ungroup('tail')(IN_BLOCKS)))).toBe(print(FLAT))
    console.log(`cases=${flat.state.size}`)
  },
)

it('a net with heads in blocks is exported with all of them, or the main one alone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'netwright-heads-in-blocks-'))
  for (const format of ['onnx', 'tfjs'] as const) {
    for (const heads of ['all', 'main'] as const) {
      const output = join(folder, `${format}-${heads}`)
      const report = await exportModel({ kind: 'export', document: print(IN_BLOCKS), format, heads, output })
      expect(report.heads).toEqual(heads === 'all' ? ['tail/main', 'side/aux'] : ['tail/main'])
      expect(report.images).toBeGreaterThan(0)
      expect(report.largestDifference).toBeLessThan(2e-6)
    }
  }
  await rm(folder, { recursive: true })
})
