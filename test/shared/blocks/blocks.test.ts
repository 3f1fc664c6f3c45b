import { describe, expect, it } from 'vitest'
import { blockOf, blocks } from '../../../src/shared/blocks/index.js'
import { summaryOf } from '../../../src/shared/document/kinds.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import type { Fields } from '../../../src/shared/layers/fields.js'
import { layerOf } from '../../../src/shared/layers/index.js'
import type { Shape } from '../../../src/shared/layers/shapes.js'
import { around } from './around.js'

const cases = blocks.flatMap((block) => block.examples.map((example) => ({ block, example })))

describe('every block', () => {
  console.log(`cases=${cases.length}`)

  it.each(cases)('$block.type $example fits together', ({ block, example }) => {
    const isVector = block.type.startsWith('auxiliary_classifier')
    const analysis = analyze(around(block.type, example.params ?? {}, example.inputs[0]!))
    expect(analysis.issues).toEqual([])
    expect(analysis.origins['block']!.output).toHaveLength(isVector ? 1 : 3)
    expect(summaryOf({ type: block.type, params: { ...example.params } })).toMatch(/\S/)
  })

  it('can be built at the limits of each parameter, whatever feeds it', () => {
    let built = 0
    for (const block of blocks) {
      for (const [name, field] of Object.entries(block.params as Fields)) {
        const limits = 'min' in field ? [field.min, field.max] : field.kind === 'choice' ? field.options : [false, true]
        for (const limit of limits) {
          for (const channels of [1, 65_536]) {
            expect(() => analyze(around(block.type, { [name]: limit }, [40, 40, channels]))).not.toThrow()
            built++
          }
        }
      }
    }
    console.log(`cases=${built}`)
    expect(built).toBeGreaterThan(400)
  })

  it('has a type of its own that no layer has', () => {
    expect(blocks.filter(({ type }) => layerOf(type) || blockOf(type)?.type !== type)).toEqual([])
    expect(new Set(blocks.map(({ type }) => type)).size).toBe(blocks.length)
  })
})

/** Inner names with the shapes they make. */
function inside(type: string, params: object, input: Shape) {
  const { nodes } = analyze(around(type, params, input))
  const inner = Object.values(nodes).filter((node) => node.origin === 'block')
  return Object.fromEntries(inner.map((node) => [node.id.slice('block/'.length), node.output]))
}

describe('what is inside', () => {
  it('Inception: four branches side by side', () => {
    expect(inside('inception', {}, [28, 28, 192])).toEqual({
      pool: [28, 28, 192],
      conv_1x1: [28, 28, 64],
      conv_1x1_relu: [28, 28, 64],
      conv_3x3_reduce: [28, 28, 96],
      conv_3x3_reduce_relu: [28, 28, 96],
      conv_3x3: [28, 28, 128],
      conv_3x3_relu: [28, 28, 128],
      conv_5x5_reduce: [28, 28, 16],
      conv_5x5_reduce_relu: [28, 28, 16],
      conv_5x5: [28, 28, 32],
      conv_5x5_relu: [28, 28, 32],
      pool_projection: [28, 28, 32],
      pool_projection_relu: [28, 28, 32],
      concat: [28, 28, 256],
    })
  })

  it('Residual: a projection only where the shapes differ', () => {
    const branch = ['conv_1', 'conv_1_bn', 'conv_1_relu', 'conv_2', 'conv_2_bn']
    expect(Object.keys(inside('residual', { width: 8 }, [6, 6, 8]))).toEqual([...branch, 'add', 'relu'])
    const projected = [...branch, 'projection', 'projection_bn', 'add', 'relu']
    expect(Object.keys(inside('residual', { width: 8 }, [6, 6, 4]))).toEqual(projected)
    expect(Object.keys(inside('residual', { width: 8, stride: 2 }, [6, 6, 8]))).toEqual(projected)
  })

  it('Residual: skip wires of option A have no weights', () => {
    const shapes = inside('residual', { width: 8, stride: 2, shortcut: 'A' }, [7, 6, 4])
    expect([shapes['projection'], shapes['pick'], shapes['pad']]).toEqual([undefined, [4, 3, 4], [4, 3, 8]])
    const same = inside('residual', { width: 8, shortcut: 'A' }, [6, 6, 4])
    expect([same['pick'], same['pad']]).toEqual([undefined, [6, 6, 8]])
  })

  it('Inception-ResNet: all widths are multiples of N, in both forms', () => {
    const channels = (type: string, params: object) =>
      Object.entries(inside(type, params, [9, 9, 5]))
        .filter(([name]) => !/_(bn|relu)$|^relu$|^add$|^pool$/.test(name))
        .map(([name, output]) => `${name} ${output!.at(-1)}`)
    const norm = { batch_norm: false }
    expect([
      channels('inception_resnet_a', { n: 32, ...norm }),
      channels('inception_resnet_b', { n: 128, ...norm }),
      channels('inception_resnet_b', { n: 128, form: 'article', ...norm }),
      channels('inception_resnet_c', { n: 192, ...norm }),
      channels('inception_resnet_c', { n: 192, form: 'article', ...norm }),
      channels('inception_resnet_reduction_a', { n: 256, ...norm }),
      channels('inception_resnet_reduction_b', { n: 256, ...norm }),
    ]).toEqual([
      'conv_1x1 32,single_1 32,single_2 32,double_1 32,double_2 48,double_3 64,concat 128,linear 5'.split(','),
      'conv_1x1 192,wide_1 128,wide_2 160,wide_3 192,concat 384,linear 5'.split(','),
      'conv_1x1 128,wide_1 128,wide_2 160,wide_3 192,concat 320,linear 5'.split(','),
      'conv_1x1 192,wide_1 192,wide_2 224,wide_3 256,concat 448,linear 5'.split(','),
      'conv_1x1 192,wide_1 192,wide_2 223,wide_3 255,concat 447,linear 5'.split(','),
      'conv_3x3 384,double_1 256,double_2 256,double_3 384,concat 773'.split(','),
      'first_1 256,first_2 384,second_1 256,second_2 288,third_1 256,third_2 288,third_3 320,concat 997'.split(','),
    ])
  })

  it('Pre-activation residual: only the addition is on the skip wire', () => {
    const branch = ['bn', 'relu', 'conv_1', 'second_bn', 'second_relu', 'second_conv']
    expect(Object.keys(inside('residual_preactivation', { width: 8 }, [6, 6, 8]))).toEqual([...branch, 'add'])
    const { graph } = analyze(around('residual_preactivation', { width: 8, stride: 2 }, [6, 6, 8]))
    const feeds = (id: string) => graph.nodes.find((node) => node.id === `block/${id}`)!.inputs
    expect([feeds('projection'), feeds('add')]).toEqual([['block/relu'], ['block/second_conv', 'block/projection']])
  })

  it('Residual: a stride takes the projection with images of any size too', () => {
    const document = around('residual', { width: 3, stride: 2 }, [null, null, 3])
    const { issues, nodes } = analyze(document)
    expect(issues.map(({ code }) => code)).toEqual(['input/open-size'])
    expect(nodes['block/projection']!.output).toEqual([null, null, 3])
  })

  it('counts as one can by hand: 3x3x4x8 + 8x4 + 3x3x8x8 + 8x4 + 4x8 + 8x4 weights', () => {
    const { origins } = analyze(around('residual', { width: 8 }, [6, 6, 4]))
    expect(origins['block']).toEqual({
      output: [6, 6, 8],
      parameters: 288 + 32 + 576 + 32 + 32 + 32,
      trainable: 288 + 16 + 576 + 16 + 32 + 16,
      multiplyAdds: 36 * (288 + 576 + 32),
      layers: 9,
    })
  })
})
