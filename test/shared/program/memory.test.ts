import { describe, expect, it } from 'vitest'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { intensityOf, memoryOf } from '../../../src/shared/program/memory.js'
import { stateOf } from '../../../src/shared/program/state.js'
import { OPTIMIZERS } from '../../../src/shared/training/settings.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'
import { graphOf, SMALL } from '../graph-of.js'

const count = (shape: readonly number[]) => shape.reduce((a, b) => a * b, 1)

describe('the memory of a training step', () => {
  it('is counted by hand for a small net', () => {
    const net = graphOf({
      input: ['input', { height: 8, width: 8 }],
      conv: ['conv2d', { filters: 4 }, 'input'],
      relu: ['relu', {}, 'conv'],
      pool: ['max_pool', {}, 'relu'],
      flat: ['flatten', {}, 'pool'],
      drop: ['dropout', {}, 'flat'],
      logits: ['dense', { units: 5 }, 'drop'],
      main: ['head', {}, 'logits'],
      unused: ['conv2d', { filters: 64 }, 'conv'],
    })
    // Image 192, relu 256, pooled 64, mask and dense input 64, probabilities 5.
    const kept = 192 + 256 + 64 + 64 + 5
    const { total, trainable } = analyze(net).parameters
    expect([total, trainable]).toEqual([112 + 2368 + 325, 112 + 2368 + 325])
    expect(memoryOf(analyze(net), { optimizer: 'adam', batch: 10 })).toEqual({
      weights: total * 4,
      gradients: total * 4,
      slots: (2 * total + 2) * 4,
      activations: kept * 40,
      total: total * 8 + (2 * total + 2) * 4 + kept * 40,
    })
    expect(memoryOf(analyze(net), { optimizer: 'sgd', batch: 1, bytesPerValue: 2 })!.total).toBe(total * 4 + kept * 2)
  })

  it('has the bytes of the state that training really keeps, for every optimizer', () => {
    const analysis = analyze(buildTemplate(templateOf('resnet-18')!))
    const all = [{}, { microBatches: 4 }, { averageDecay: 0.9 }, { microBatches: 2, averageDecay: 0.9 }]
    for (const optimizer of OPTIMIZERS) {
      for (const rules of all) {
        const state = stateOf(analysis, optimizer, rules).reduce((sum, { shape }) => sum + 4 * count(shape), 0)
        const { weights, slots } = memoryOf(analysis, { optimizer, batch: 8, ...rules })!
        expect([optimizer, rules, weights + slots]).toEqual([optimizer, rules, state])
      }
    }
    console.log(`cases=${OPTIMIZERS.length * all.length}`)
  })

  it('has the activations of one part where a batch is computed in several', () => {
    const analysis = analyze(buildTemplate(templateOf('resnet-18')!))
    const whole = memoryOf(analysis, { optimizer: 'sgd', batch: 8 })!.activations
    expect(memoryOf(analysis, { optimizer: 'sgd', batch: 8, microBatches: 4 })!.activations).toBe(whole / 4)
  })

  it('is not known while a size is open', () => {
    const open = analyze(buildTemplate(templateOf('resnet-18')!, { height: null }))
    expect(memoryOf(open, { optimizer: 'sgd', batch: 8 })).toBe(undefined)
  })
})

describe('arithmetic intensity', () => {
  it('is operations for each byte', () => {
    const { nodes } = analyze(SMALL)
    // 6,912 multiply-adds an image; 192 values in, 256 out, 112 weights, 4 bytes each.
    expect(intensityOf([nodes['conv']!], 1)).toBe((2 * 6_912) / (4 * (192 + 256 + 112)))
    expect(intensityOf([nodes['conv']!], 8)).toBe((2 * 6_912 * 8) / (4 * (448 * 8 + 112)))
    expect(intensityOf([nodes['pool']!], 8)).toBe(undefined)
    const open = analyze(buildTemplate(templateOf('resnet-18')!, { height: null }))
    expect(intensityOf(Object.values(open.nodes), 8)).toBe(undefined)
  })
})
