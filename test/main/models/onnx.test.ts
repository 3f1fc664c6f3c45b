import { describe, expect, it } from 'vitest'
import { onnxFile, onnxModel } from '../../../src/main/models/onnx.js'
import { hwioToOihw } from '../../../src/main/models/onnx/convolution.js'
import { partFor } from '../../../src/main/models/part.js'
import type { ErrorCode } from '../../../src/shared/errors.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { net, randomWeights } from './nets.js'

const twoHeads = net(
  ['photo', 'input', { height: 8, width: 6, channels: 3 }],
  ['conv', 'conv2d', { filters: 4, kernel: [3, 3], stride: [2, 2], bias: false }, 'photo'],
  ['side', 'max_pool', {}, 'conv'],
  ['side_flat', 'flatten', {}, 'side'],
  ['side_dense', 'dense', { units: 5 }, 'side_flat'],
  ['aux', 'head', { weight: 0.3 }, 'side_dense'],
  ['pool', 'global_average_pool', {}, 'conv'],
  ['drop', 'dropout', {}, 'pool'],
  ['logits', 'dense', { units: 5 }, 'drop'],
  ['main', 'head', {}, 'logits'],
)
const analysis = analyze(twoHeads)
const weights = randomWeights(analysis)

function codeOf(action: () => unknown): ErrorCode | undefined {
  try {
    action()
  } catch (error) {
    return (error as { code?: ErrorCode }).code
  }
  return undefined
}

describe('an ONNX model', () => {
  const model = onnxModel(partFor(analysis, 'main'), weights)

  it('takes NHWC images and gives the probabilities of the chosen heads', () => {
    expect(model.inputs).toEqual([{ name: 'image', type: 'float32', shape: ['N', 8, 6, 3] }])
    expect(model.outputs).toEqual([{ name: 'main', type: 'float32', shape: ['N', 5] }])
    const both = onnxModel(partFor(analysis, 'all'), weights)
    expect(both.outputs.map(({ name }) => name)).toEqual(analysis.heads.map(({ id }) => id))
    expect([model.opsets, model.irVersion]).toEqual([{ '': 17 }, 8])
  })

  it('holds only what the chosen head needs, by the names of our nodes, with one Transpose', () => {
    expect(model.nodes.map(({ op, name, inputs }) => [op, name, inputs])).toEqual([
      ['Transpose', 'photo:nchw', ['image']],
      ['Conv', 'conv', ['photo:nchw', 'conv/kernel']],
      ['GlobalAveragePool', 'pool:pool', ['conv']],
      ['Flatten', 'pool', ['pool:pool']],
      ['Gemm', 'logits', ['pool', 'logits/kernel', 'logits/bias']],
      ['Softmax', 'main', ['logits']],
    ])
    expect(model.metadata?.['dropped']).toBe('side,side_flat,side_dense,aux,drop')
  })

  it('pads as TensorFlow does, with the odd pixel at the end', () => {
    expect(model.nodes[1]?.attributes?.['pads']).toEqual({ ints: [0, 0, 1, 1] })
  })

  it('is the same bytes every time', () => {
    const bytes = () => Buffer.from(onnxFile(partFor(analysis, 'all'), weights))
    expect(bytes().equals(bytes())).toBe(true)
  })
})

describe('an ONNX model that cannot be written', () => {
  it('says which weight does not fit', () => {
    const without = new Map([...weights].filter(([name]) => name !== 'conv/kernel'))
    expect(() => onnxModel(partFor(analysis, 'all'), without)).toThrow('Weight conv/kernel is missing.')
    without.set('conv/kernel', { shape: [3, 3, 4, 3], data: new Float32Array(108) })
    expect(() => onnxModel(partFor(analysis, 'all'), without)).toThrow('is 3x3x4x3, but the net needs 3x3x3x4')
  })

  it('refuses more than 2 GB before it touches a weight', () => {
    const huge = net(
      ['photo', 'input', { height: 256, width: 256, channels: 3 }],
      ['flat', 'flatten', {}, 'photo'],
      ['logits', 'dense', { units: 4000 }, 'flat'],
      ['main', 'head', {}, 'logits'],
    )
    expect(codeOf(() => onnxModel(partFor(analyze(huge), 'all'), new Map()))).toBe('export/unsupported')
  })

  it('refuses a layer that has the name of the input', () => {
    const taken = net(
      ['photo', 'input', { height: 4, width: 4, channels: 1 }],
      ['image', 'flatten', {}, 'photo'],
      ['main', 'head', {}, 'image'],
    )
    expect(codeOf(() => onnxModel(partFor(analyze(taken), 'all'), new Map()))).toBe('export/unsupported')
  })

  it('refuses a net with errors and a net without a head', () => {
    const cycle = net(['photo', 'input', {}], ['conv', 'conv2d', {}, 'conv2'], ['conv2', 'conv2d', {}, 'conv'])
    expect(codeOf(() => partFor(analyze(cycle), 'all'))).toBe('graph/has-errors')
  })
})

it('turns kernels from height, width, in, out to out, in, height, width', () => {
  const kernel = { shape: [1, 2, 2, 3], data: Float32Array.from({ length: 12 }, (_, i) => i) }
  const turned = hwioToOihw(kernel)
  expect(turned.shape).toEqual([3, 2, 1, 2])
  expect([...turned.data]).toEqual([0, 6, 3, 9, 1, 7, 4, 10, 2, 8, 5, 11])
})
