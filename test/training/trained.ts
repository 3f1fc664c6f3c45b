import { expect } from 'vitest'
import { createExecutor } from '../../src/main/engine/create-executor.js'
import type { HostTensor } from '../../src/main/engine/executor.js'
import type { Analysis } from '../../src/shared/graph/graph.js'
import { initialState } from '../../src/shared/program/initial-state.js'
import { batchFor } from '../main/engine/net.js'

const STEPS = 2

/**
 * Train a net by plain gradient descent for two steps on ONNX Runtime, whose losses must be finite; then what is not a
 * number any more, and which nodes have weights that no gradient moved.
 */
export async function trained(analysis: Analysis, classes: number, size = 2) {
  const start = initialState(analysis, 1)
  const executor = createExecutor(analysis, { device: 'onnx-cpu', optimizer: 'sgd' })
  executor.setState(start)
  for (let step = 0; step < STEPS; step++) {
    const result = await executor.run('train', batchFor(analysis, step, size, classes))
    const losses = [result.loss, ...Object.values(result.heads).map(({ loss }) => loss)]
    expect(losses.length).toBe(1 + analysis.heads.length)
    expect(losses.filter((loss) => !Number.isFinite(loss))).toEqual([])
  }
  const end = await executor.getState()
  await executor.dispose()
  return { broken: broken(end), unchanged: unchanged(start, end) }
}

/** Nodes none of whose weights differ. */
function unchanged(before: ReadonlyMap<string, HostTensor>, after: ReadonlyMap<string, HostTensor>): string[] {
  const still = new Map<string, boolean>()
  for (const [name, { data }] of before) {
    if (name.includes('/moving_')) continue
    const node = name.slice(0, name.lastIndexOf('/'))
    const now = after.get(name)!.data
    still.set(node, (still.get(node) ?? true) && data.every((value, i) => value === now[i]))
  }
  return [...still].filter(([, same]) => same).map(([node]) => node)
}

/** Weights and statistics that are not a number any more. */
function broken(state: ReadonlyMap<string, HostTensor>): string[] {
  // A sum is not finite if any value is not; a callback per value would take seconds on a hundred million of them.
  const sum = (data: Float32Array) => {
    let total = 0
    for (let i = 0; i < data.length; i++) total += data[i]!
    return total
  }
  return [...state].filter(([, { data }]) => !Number.isFinite(sum(data))).map(([name]) => name)
}
