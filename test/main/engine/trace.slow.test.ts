import { expect, it } from 'vitest'
import { faultsOf } from '../../../src/main/engine/step/verify.js'
import { optimize } from '../../../src/main/engine/step/optimize.js'
import { trace, traceProgram } from '../../../src/main/engine/trace/trace.js'
import { tf } from '../../../src/main/engine/tf.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import type { Analysis } from '../../../src/shared/graph/graph.js'
import { forward } from '../../../src/shared/program/forward.js'
import { netOf } from '../../../src/shared/program/state.js'
import { randomDocument } from '../../shared/random-graph.js'

const NETS = 1000

/** Shape of every layer's output, and of every weight the net reads, as tfjs has them when the net is traced. */
function traced(analysis: Analysis, batch: number) {
  const outputs: Record<string, readonly number[]> = {}
  const weights: Record<string, readonly number[]> = {}
  const net = netOf(analysis)
  const shapes = new Map([...net.trainable, ...net.statistics].map(({ name, shape }) => [name, shape]))
  traceProgram(shapes, (source) => {
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
        made: (node, value) => void (outputs[node] = value.shape.slice(1)),
      },
      analysis.graph,
      net.names,
    )
    return { outputs: {}, state: {} }
  })
  return { outputs, weights }
}

it('analysis equals tracing on random valid nets: shapes of every layer and weight', () => {
  let layers = 0
  for (let seed = 0; seed < NETS; seed++) {
    const analysis = analyze(randomDocument(seed))
    const { outputs, weights } = traced(analysis, 1 + (seed % 3))
    const expected = Object.values(analysis.nodes).filter(({ id, type }) => type !== 'input' && id in outputs)
    expect(outputs).toEqual(Object.fromEntries(expected.map(({ id, output }) => [id, output])))
    expect(weights).toEqual(
      Object.fromEntries(
        expected.flatMap(({ id, weights }) =>
          Object.entries(weights).map(([name, { shape }]) => [`${id}/${name}`, shape]),
        ),
      ),
    )
    layers += expected.length
  }
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
