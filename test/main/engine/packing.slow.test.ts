import { describe, expect, it } from 'vitest'
import type { TensorMap } from '../../../src/main/engine/executor.js'
import { inputValues } from '../../../src/main/engine/feeds.js'
import { joining } from '../../../src/main/engine/onnx/joining.js'
import { Packing } from '../../../src/main/engine/onnx/packing.js'
import { optimize } from '../../../src/main/engine/step/optimize.js'
import { specOf, type Step } from '../../../src/main/engine/step/step.js'
import { faultsOf } from '../../../src/main/engine/step/verify.js'
import { trace } from '../../../src/main/engine/trace/trace.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { initialState } from '../../../src/shared/program/initial-state.js'
import type { StepKind, StepRequest } from '../../../src/shared/program/request.js'
import { stateOf } from '../../../src/shared/program/state.js'
import { normal } from '../../../src/shared/random.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'
import type { StepRules } from '../../../src/shared/training/settings.js'
import { graphOf } from '../../shared/graph-of.js'
import { batchFor, bits, restless } from './net.js'
import { runOnOnnx } from './run-on-onnx.js'

/** Every tensor of a state with numbers of its own; squares, as second moments are none below zero. */
function filled(request: StepRequest): TensorMap {
  const entries = stateOf(request.analysis, request.optimizer, request.rules)
  return new Map(
    entries.map(({ name, shape }, k) => {
      const size = shape.reduce((product, extent) => product * extent, 1)
      return [name, { shape, data: Float32Array.from({ length: size }, (_, i) => normal(5, k, i) ** 2 / 4 + 0.01) }]
    }),
  )
}

/** What a step makes of a state: its outputs, and the state it leaves. */
async function made(step: Step, request: StepRequest, state: TensorMap) {
  const feeds = { ...batchFor(request.analysis, 1, request.batch), headWeights: { main: 1, aux: 0.3 } }
  const inputs = step.inputs.map(({ name, value }) => ({ name, ...specOf(step, value) }))
  const values = inputValues(inputs, feeds, request.analysis)
  const fed = new Map<string, { readonly data: Float32Array | Int32Array }>(state)
  for (const { name, values: data } of values) fed.set(name, { data })
  const { outputs, state: changed } = await runOnOnnx(step, fed)
  return { outputs: bits(outputs), state: new Map([...state, ...changed]) }
}

async function expectSame(request: StepRequest) {
  const packing = new Packing(stateOf(request.analysis, request.optimizer, request.rules))
  const single = optimize(trace(request))
  const together = packing.step(single)
  expect(faultsOf(together)).toEqual([])
  const state = filled(request)
  const expected = await made(single, request, state)
  const found = await made(together, request, packing.pack(state))
  expect(found.outputs).toEqual(expected.outputs)
  expect(bits(packing.unpack(found.state))).toEqual(bits(expected.state))
  return { single, together }
}

const RULES: Partial<StepRules> = {
  weightDecay: 0.01,
  clipValue: 0.2,
  clipNorm: 0.5,
  averageDecay: 0.9,
  microBatches: 2,
}

describe('a state whose vectors lie in one tensor a kind', () => {
  it('is computed to the last bit as one tensor a weight is, by every kind of step, optimizer and rule', async () => {
    const kinds: readonly StepKind[] = ['train', 'accumulate', 'probe', 'evaluate', 'predict']
    const optimizers = ['sgd', 'momentum', 'nesterov', 'rmsprop', 'adam', 'adamw'] as const
    const plain = optimizers.map((optimizer) => ({ kind: 'train' as const, optimizer, rules: {} }))
    const ruled = kinds.map((kind) => ({ kind, optimizer: 'adamw' as const, rules: RULES }))
    for (const request of [...plain, ...ruled]) await expectSame({ ...request, analysis: restless, batch: 2 })
    console.log(`cases=${plain.length + ruled.length}`)
  })

  it('keeps momenta of norms apart, and what no head depends on as it is', async () => {
    const analysis = analyze(
      graphOf({
        input: ['input', { height: 5, width: 4 }],
        conv: ['conv2d', { filters: 3 }, 'input'],
        norm: ['batch_norm', { momentum: 0.9 }, 'conv'],
        act: ['relu', {}, 'norm'],
        again: ['conv2d', { filters: 3, bias: false }, 'act'],
        other: ['batch_norm', { momentum: 0.5, scale: false }, 'again'],
        flat: ['flatten', {}, 'other'],
        logits: ['dense', { units: 4 }, 'flat'],
        main: ['head', {}, 'logits'],
        loose: ['dense', { units: 3 }, 'flat'],
      }),
    )
    const request = { kind: 'train', analysis, optimizer: 'momentum', batch: 2 } as const
    expect((await expectSame(request)).single.state.map(({ name }) => name)).not.toContain('loose/bias')
    expect(stateOf(analysis, 'momentum').map(({ name }) => name)).toContain('loose/bias')
  })

  it('comes out as it went in', () => {
    const request = { kind: 'train', analysis: restless, optimizer: 'adam', batch: 2 } as const
    const packing = new Packing(stateOf(restless, 'adam', RULES))
    const state = filled({ ...request, rules: RULES })
    const back = packing.unpack(packing.pack(state))
    expect([...back.keys()]).toEqual([...state.keys()])
    expect(bits(back)).toEqual(bits(state))
  })

  it('leaves out slots that are left out', () => {
    const entries = stateOf(restless, 'momentum')
    const packed = new Packing(entries).pack(initialState(restless, 1))
    const slots = new Packing(entries).entries.filter(({ name }) => !packed.has(name)).map(({ name }) => name)
    expect(slots).toContain('vectors: momentum')
    expect(slots.every((name) => name.endsWith('momentum'))).toBe(true)
  })

  it('gives ResNet-20 one update of its vectors for all', async () => {
    const analysis = analyze(buildTemplate(templateOf('cifar-resnet-20')!))
    const { single, together } = await expectSame({ kind: 'train', analysis, optimizer: 'momentum', batch: 2 })
    const kernels = single.state.filter(({ value }) => specOf(single, value).shape.length > 1).length
    // Weights with their momentum, and the two statistics.
    expect(together.state.length).toBe(kernels + 4)
    const updates = (step: Step) => step.nodes.filter(({ kernel }) => kernel === 'Sub').length
    expect([updates(single), updates(together)]).toEqual([kernels / 2 + 43, kernels / 2 + 1])
    // The library computes what comes last first: vectors there took half as much memory again.
    const ranks = together.nodes.slice(-kernels).map(({ outputs: [made] }) => specOf(together, made!).shape.length)
    expect(Math.min(...ranks)).toBeGreaterThan(1)
  })
})

describe('vectors that are joined', () => {
  const vector = { shape: [2], dtype: 'float32' } as const
  const sum = (a: number, b: number, made: number) => {
    return { kernel: 'Add', inputs: { a, b }, attributes: {}, outputs: [made], origin: '' }
  }
  const relu = (x: number, made: number) => {
    return { kernel: 'Relu', inputs: { x }, attributes: {}, outputs: [made], origin: '' }
  }

  const leaky = (x: number, alpha: number, made: number) => {
    return { kernel: 'LeakyRelu', inputs: { x }, attributes: { alpha }, outputs: [made], origin: '' }
  }

  it('are made together as far as they are made alike, and put together where they are not', () => {
    const step: Step = {
      values: new Map(
        Array.from({ length: 14 }, (_, i) => [i, i === 4 || i === 9 ? { ...vector, shape: [] } : vector]),
      ),
      constants: [],
      inputs: [0, 1, 2, 3, 4, 9].map((value) => ({ name: `x${value}`, value })),
      state: [],
      nodes: [
        ...[sum(0, 4, 5), sum(1, 4, 6), relu(5, 7), sum(6, 2, 8), sum(1, 9, 10)],
        ...[leaky(0, 0.1, 11), leaky(1, 0.1, 12), leaky(1, 0.2, 13)],
      ],
      outputs: [],
    }
    let free = 14
    const joined = (values: readonly number[]) => {
      const together = joining(step, () => free++)
      together.know([0, 1], 100)
      together.of(values)
      return together.nodes.map(({ kernel, inputs }) => `${kernel} ${Object.values(inputs)}`)
    }
    expect(joined([0, 1])).toEqual([])
    expect(joined([5, 6])).toEqual(['Add 100,4'])
    expect(joined([1, 0])).toEqual(['Concat 1,0'])
    expect(joined([7, 8])).toEqual(['Concat 7,8'])
    expect(joined([5, 2])).toEqual(['Concat 5,2'])
    expect(joined([8, 6]).at(-1)).toBe('Concat 8,6')
    // Numbers of their own, and attributes of their own.
    expect(joined([5, 10])).toEqual(['Concat 5,10'])
    expect(joined([11, 12])).toEqual(['LeakyRelu 100'])
    expect(joined([11, 13])).toEqual(['Concat 11,13'])
  })
})
