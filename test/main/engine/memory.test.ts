import { expect, it } from 'vitest'
import { memoryOf } from '../../../src/main/engine/step/memory.js'
import { MEMORY_RULES } from '../../../src/shared/training/memory-need.js'
import { optimize } from '../../../src/main/engine/step/optimize.js'
import type { Spec, Step, StepNode } from '../../../src/main/engine/step/step.js'
import { trace } from '../../../src/main/engine/trace/trace.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'

/** Values 0 (input) and 1 (state) of 4 floats; each node reads the named values and makes the next one. */
function step(nodes: readonly (readonly [kernel: string, inputs: Readonly<Record<string, number>>])[]): Step {
  const spec: Spec = { shape: [4], dtype: 'float32' }
  const made = nodes.map(([kernel, inputs], i): StepNode => ({
    kernel,
    inputs,
    attributes: {},
    outputs: [2 + i],
    origin: '',
  }))
  return {
    values: new Map([0, 1, ...made.map((_, i) => 2 + i)].map((value) => [value, spec])),
    constants: [],
    inputs: [{ name: 'x', value: 0 }],
    state: [{ name: 'w', value: 1, next: 1 + nodes.length }],
    nodes: made,
    outputs: [],
  }
}

it('counts what lives at once, lets value by value kernels write over what ends, and new state stand where it stays', () => {
  // Values of 16 bytes: 2 = softmax, 3 = relu of it (still read by the last), 4 = relu over 3, 5 = the new state.
  const chain = step([
    ['Softmax', { logits: 0 }],
    ['Relu', { x: 2 }],
    ['Relu', { x: 3 }],
    ['Add', { a: 4, b: 2 }],
  ])
  expect(memoryOf(chain, MEMORY_RULES.onnx)).toEqual({ state: 32, given: 16, values: 32, peak: 80 })
  expect(memoryOf(chain, MEMORY_RULES.tensorflow)).toEqual({ state: 16, given: 16, values: 32, peak: 64 })
})

it('grows with the batch, and with what the optimizer keeps', () => {
  const analysis = analyze(buildTemplate(templateOf('cifar-resnet-20')!))
  const of = (batch: number, optimizer: 'sgd' | 'momentum' | 'adam') =>
    memoryOf(optimize(trace({ kind: 'train', analysis, optimizer, batch })), MEMORY_RULES.tensorflow)
  const [small, large] = [of(8, 'sgd'), of(16, 'sgd')]
  expect(large.values / small.values).toBeGreaterThan(1.9)
  expect(large.values / small.values).toBeLessThan(2.1)
  const weights = 4 * analysis.parameters.trainable
  expect(of(8, 'momentum').state - small.state).toBe(weights)
  expect(of(8, 'adam').state - small.state).toBe(2 * weights + 8)
})
