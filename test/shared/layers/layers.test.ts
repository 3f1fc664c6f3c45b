import { describe, expect, it } from 'vitest'
import { kerasLayers, type Layer } from '../../../src/shared/layers/define.js'
import { defaultsOf, readField } from '../../../src/shared/layers/fields.js'
import { layerOf, layers } from '../../../src/shared/layers/index.js'
import { sizeOf, isMisfit, type Shape } from '../../../src/shared/layers/shapes.js'

const cases = layers.flatMap((layer) => layer.examples.map((example) => ({ layer, example })))

function infer(type: string, inputs: readonly Shape[], params = {}) {
  const layer = layerOf(type) as Layer
  return layer.infer({ ...defaultsOf(layer.params), ...params }, inputs)
}

describe('the registry', () => {
  it('names each layer once, in the form of an id', () => {
    expect(layers.filter(({ type }) => !/^[a-z][a-z0-9_]*$/.test(type))).toEqual([])
    expect(new Set(layers.map(({ type }) => type)).size).toBe(layers.length)
    expect(layers.every((layer) => layerOf(layer.type) === layer)).toBe(true)
    expect([layerOf('no_such_layer'), layerOf('constructor')]).toEqual([undefined, undefined])
  })

  it('has at least two examples and a sentence for each layer', () => {
    expect(
      layers.filter(({ examples, doc }) => examples.length < 2 || !doc.endsWith('.')).map(({ type }) => type),
    ).toEqual([])
  })
})

/** Layers that Keras, or PyTorch, lacks, or has not with all of their settings. */
const WITHOUT_KERAS = ['average_pool', 'max_pool', 'channel_shuffle', 'transposed_conv2d']
const WITHOUT_PYTORCH = ['gaussian_noise', 'average_pool', 'random_flip']

describe('every example', () => {
  console.log(`cases=${cases.length}`)

  it.each(cases)('$layer.type $example: parameters are valid, shapes fit, weights have sizes', ({ layer, example }) => {
    const params = { ...defaultsOf(layer.params), ...example.params }
    for (const [name, field] of Object.entries(layer.params)) {
      expect(readField(field as never, params[name])).toEqual({ value: params[name] })
    }
    const output = layer.infer(params, example.inputs)
    expect(isMisfit(output)).toBe(false)
    const weights = layer.weights?.(params, example.inputs) ?? {}
    expect(Object.values(weights).filter(({ shape }) => !((sizeOf(shape) ?? 0) > 0))).toEqual([])
    const keras = layer.keras(params, example.inputs)
    if (keras === undefined) expect(WITHOUT_KERAS).toContain(layer.type)
    else for (const [name] of kerasLayers(keras)) expect(name).toMatch(/^[A-Za-z]/)
    const [module] = layer.pytorch(params, example.inputs) ?? []
    if (module === undefined) expect(WITHOUT_PYTORCH).toContain(layer.type)
    else expect(module).toMatch(/^(nn|torch|torchvision)\./)
    expect(layer.summary?.(params) ?? 'none').toMatch(/\S/)
  })
})

describe('shape rules', () => {
  it('follow the paper-and-pencil cases', () => {
    expect([
      infer('input', [], { height: 28, width: null, channels: 1 }),
      infer('conv2d', [[224, 224, 3]], { filters: 64, kernel: [7, 7], stride: [2, 2] }),
      infer('max_pool', [[7, 6, 3]]),
      infer('average_pool', [[14, 14, 512]], { kernel: [5, 5], stride: [3, 3], padding: 'valid' }),
      infer('global_average_pool', [[null, null, 1024]]),
      infer('flatten', [[4, 3, 2]]),
      infer('concat', [
        [5, 4, 3],
        [5, 4, 1],
        [5, 4, 2],
      ]),
      infer('concat', [[3], [4]]),
      infer('add', [
        [5, 4, 3],
        [5, 4, 3],
      ]),
      infer('dense', [[7]], { units: 5 }),
      infer('head', [[5]]),
    ]).toEqual([
      [28, null, 1],
      [112, 112, 64],
      [4, 3, 3],
      [4, 4, 512],
      [1024],
      [24],
      [5, 4, 6],
      [7],
      [5, 4, 3],
      [5],
      [5],
    ])
  })

  it('say what does not fit and how to mend it', () => {
    expect([
      infer('concat', [
        [224, 224, 3],
        [112, 112, 8],
      ]),
      infer('concat', [[7, 7, 3], [10]]),
      infer('add', [
        [8, 8, 16],
        [8, 8, 16],
        [8, 8, 32],
      ]),
      infer('dense', [[7, 7, 512]]),
      infer('head', [[7, 7, 512]]),
      infer('flatten', [[null, null, 3]]),
      infer('lrn', [[10]]),
    ]).toEqual([
      {
        code: 'shape/mismatch',
        message: 'Input 2 is 112x112x8, but input 1 is 224x224x3.',
        hint: 'Concat needs equal height and width; match the strides and paddings of the branches.',
        input: 1,
      },
      {
        code: 'shape/mismatch',
        message: 'Input 2 is 10, but input 1 is 7x7x3.',
        hint: 'Concat takes either images or vectors; flatten or pool the images first.',
        input: 1,
      },
      {
        code: 'shape/mismatch',
        message: 'Input 3 is 8x8x32, but input 1 is 8x8x16.',
        hint: 'Add needs equal shapes; match the strides, and the channels by a 1x1 convolution on one branch.',
        input: 2,
      },
      {
        code: 'shape/rank',
        message: 'Dense gets an image of 7x7x512, but works on vectors.',
        hint: 'Insert global average pooling or flatten before it.',
        input: 0,
      },
      {
        code: 'shape/rank',
        message: 'The head gets an image of 7x7x512, but needs a vector with one value per class.',
        hint: 'Insert global average pooling or flatten, then a dense layer with one unit per class.',
        input: 0,
      },
      {
        code: 'shape/open',
        message: 'The image is anyxanyx3, so the length of the vector is not known.',
        hint: 'Give the input a fixed height and width, or use global average pooling instead.',
        input: 0,
      },
      {
        code: 'shape/rank',
        message: 'Local response norm gets a vector of 10 units, but works on images.',
        hint: 'Move it in front of the flatten, global pooling or dense layer that makes the vector.',
        input: 0,
      },
    ])
  })

  it('splits channels into groups, and says which numbers do not divide', () => {
    expect([
      infer('conv2d', [[8, 8, 6]], { filters: 4, groups: 2 }),
      infer('conv2d', [[8, 8, 6]], { filters: 8, groups: 4 }),
      infer('conv2d', [[8, 8, 6]], { filters: 8, groups: 3 }),
      infer('depthwise_conv2d', [[9, 8, 6]], { multiplier: 2, stride: [2, 2] }),
      infer('separable_conv2d', [[9, 8, 6]], { filters: 5, padding: 'valid', dilation: [4, 1] }),
    ]).toEqual([
      [8, 8, 4],
      {
        code: 'shape/groups',
        message: '6 input channels cannot be split into 4 equal groups.',
        hint: 'Use a number of groups that divides both 6 (channels) and 8 (filters), or 1.',
        input: 0,
      },
      {
        code: 'shape/groups',
        message: '8 filters cannot be split into 3 equal groups.',
        hint: 'Use a number of groups that divides both 6 (channels) and 8 (filters), or 1.',
        input: 0,
      },
      [5, 4, 12],
      [1, 6, 5],
    ])
  })
})

describe('parameters and multiply-adds', () => {
  const numbers = (type: string, x: Shape, params: object) => {
    const layer = layerOf(type) as Layer
    const p = { ...defaultsOf(layer.params), ...params }
    const weights = Object.values(layer.weights!(p, [x])).map(({ shape }) => sizeOf(shape) as number)
    const output = layer.infer(p, [x]) as Shape
    return [weights.reduce((a, b) => a + b, 0), layer.multiplyAdds!(p, [x], output)]
  }

  it('of grouped and depthwise convolutions are a fraction of the full one', () => {
    expect([
      numbers('conv2d', [14, 14, 128], { filters: 128, bias: false }),
      numbers('conv2d', [14, 14, 128], { filters: 128, groups: 32, bias: false }),
      numbers('depthwise_conv2d', [14, 14, 128], { bias: false }),
      numbers('separable_conv2d', [14, 14, 128], { filters: 128 }),
    ]).toEqual([
      [147_456, 28_901_376],
      [4_608, 903_168],
      [1_152, 225_792],
      [1_152 + 16_384 + 128, 225_792 + 3_211_264],
    ])
  })
})
