import fc from 'fast-check'
import { expect, it } from 'vitest'
import { faultsOf } from '../../../src/main/engine/step/verify.js'
import { count, type StepNode } from '../../../src/main/engine/step/step.js'
import { optimize } from '../../../src/main/engine/step/optimize.js'
import { trace, traceProgram } from '../../../src/main/engine/trace/trace.js'
import { tf } from '../../../src/main/engine/tf.js'
import type { Document } from '../../../src/shared/document/document.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import type { Analysis } from '../../../src/shared/graph/graph.js'
import { forward } from '../../../src/shared/program/forward.js'
import { netOf } from '../../../src/shared/program/state.js'
import { randomDocument, validDocument } from '../../shared/random-graph.js'

const NETS = 5000

/** Multiply-accumulates of one kernel call by the shapes of what it reads and makes. */
function multiplyAdds({ kernel, inputs, outputs }: StepNode, shapeOf: (value: number) => readonly number[]): number {
  const made = count(shapeOf(outputs[0]!))
  if (kernel === 'BatchMatMul') return made * shapeOf(inputs['a']!).at(-1)!
  // A transposed convolution spreads each value of its input over height, width and the filters of its group.
  if (kernel === 'Conv2DBackpropInput' || kernel === 'GroupedConv2DBackpropInput')
    return count(shapeOf(inputs['dy']!)) * count(shapeOf(inputs['filter']!).slice(0, 3))
  // Each value of a convolution is the sum over its filter: height, width and the channels of its group.
  return kernel === 'Conv2D' || kernel === 'GroupedConv2D' ? made * count(shapeOf(inputs['filter']!).slice(0, 3)) : 0
}

/**
 * Shape of every layer's output, and of every weight the net reads, as tfjs has them when the net is traced; and the
 * multiply-adds of every layer for one image, counted from the kernels that were called.
 */
function traced(analysis: Analysis, batch: number) {
  const outputs: Record<string, readonly number[]> = {}
  const weights: Record<string, readonly number[]> = {}
  const net = netOf(analysis)
  const shapes = new Map([...net.trainable, ...net.statistics].map(({ name, shape }) => [name, shape]))
  const step = traceProgram(shapes, (source) => {
    forward(
      {
        tf: source.tf,
        training: true,
        images: source.input('images', [batch, ...net.input], 'float32'),
        weight: (name) => {
          const tensor = source.state(name)
          weights[name] = tensor.shape
          return tensor
        },
        random: (node, index, shape) => source.input(`random/${node}/${index}`, shape, 'float32'),
        enter: (node) => source.enter?.(node),
        made: (node, value) => {
          outputs[node] = value.shape.slice(1)
          return value
        },
      },
      analysis.graph,
      net.names,
    )
    return { outputs: {}, state: {} }
  })
  const work: Record<string, number> = {}
  for (const node of step.nodes) {
    const cost = multiplyAdds(node, (value) => step.values.get(value)!.shape)
    // A random crop is a product too, but none that anybody counts.
    const isWeighted = (net.names[node.origin] ?? []).length > 0
    if (cost > 0 && isWeighted) work[node.origin] = (work[node.origin] ?? 0) + cost / batch
  }
  return { outputs, weights, work }
}

it('analysis equals tracing on random valid nets: shapes, weights and multiply-adds of every layer', () => {
  let layers = 0
  const check = (document: Document, batch: number) => {
    const analysis = analyze(document)
    const { outputs, weights, work } = traced(analysis, batch)
    const expected = Object.values(analysis.nodes).filter(({ id }) => id in outputs)
    expect(outputs).toEqual(Object.fromEntries(expected.map(({ id, output }) => [id, output])))
    expect(weights).toEqual(
      Object.fromEntries(
        expected.flatMap(({ id, weights }) =>
          Object.entries(weights).map(([name, { shape }]) => [`${id}/${name}`, shape]),
        ),
      ),
    )
    const costly = expected.filter((facts) => facts.multiplyAdds > 0)
    expect(work).toEqual(Object.fromEntries(costly.map((facts) => [facts.id, facts.multiplyAdds])))
    layers += expected.length
  }
  fc.assert(fc.property(validDocument, fc.integer({ min: 1, max: 3 }), check), { seed: 17, numRuns: NETS })
  expect(layers).toBeGreaterThan(3 * NETS)
  console.log(`cases=${NETS} layers=${layers}`)
})

it('every pass leaves a sound step, on random valid nets and every kind of step', () => {
  let cases = 0
  for (let seed = 0; seed < 150; seed++) {
    const analysis = analyze(randomDocument(seed))
    for (const kind of ['train', 'evaluate', 'predict'] as const) {
      const step = trace({ kind, analysis, optimizer: seed % 2 ? 'adam' : 'momentum', batch: 2 })
      expect(faultsOf(step)).toEqual([])
      optimize(step, (current, pass) => {
        expect({ seed, kind, pass, faults: faultsOf(current) }).toEqual({ seed, kind, pass, faults: [] })
        cases++
      })
    }
  }
  console.log(`cases=${cases}`)
})

it('tracing leaves no tensor behind', () => {
  const analysis = analyze(randomDocument(1))
  const before = tf.memory().numTensors
  for (let i = 0; i < 20; i++) trace({ kind: 'train', analysis, optimizer: 'adam', batch: 2 })
  expect(tf.memory().numTensors).toBe(before)
})
