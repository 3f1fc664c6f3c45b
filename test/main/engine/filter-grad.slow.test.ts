import { Tensor } from 'onnxruntime-node'
import { expect, it } from 'vitest'
import { byPlacing } from '../../../src/main/engine/kernels/conv/filter-grad/placing.js'
import { bySlices } from '../../../src/main/engine/kernels/conv/filter-grad/slices.js'
import { convWindow, type Window } from '../../../src/main/engine/kernels/conv/window.js'
import { Emitter, type Operand } from '../../../src/main/engine/onnx/emitter.js'
import { storedShape } from '../../../src/main/engine/onnx/layout.js'
import { onnxBytes } from '../../../src/main/engine/onnx/model.js'
import { openSession } from '../../../src/main/engine/onnx/session.js'
import { uniform } from '../../../src/shared/random.js'
import { convolutions } from './windows.js'

type Way = (e: Emitter, x: Operand, dy: Operand, window: Window) => string

const ways: Readonly<Record<string, Way>> = {
  placing: byPlacing,
  slices: bySlices,
  'a product for each tap': (e, x, dy, window) => bySlices(e, x, dy, window, 0),
}

/** The filter's gradient [out, in, height, width] of one way, for smooth random images and slopes. */
async function gradient(way: Way, x: readonly number[], window: Window): Promise<Float32Array> {
  const operands = { x, dy: window.outShape }
  const image = (name: 'x' | 'dy'): Operand => ({ name, shape: operands[name], dtype: 'float32', layout: 'image' })
  const e = new Emitter()
  const result = way(e, image('x'), image('dy'), window)
  const inputs = (['x', 'dy'] as const).map((name) => ({
    name,
    type: 'float32' as const,
    shape: storedShape(operands[name], 'image'),
  }))
  const filter = { name: result, type: 'float32' as const, shape: ['o', 'i', 'h', 'w'] }
  const session = await openSession(
    onnxBytes({
      name: 'way',
      nodes: e.nodes,
      initializers: e.initializers,
      inputs,
      outputs: [filter],
      opsets: { '': 21, 'com.microsoft': 1 },
      irVersion: 10,
    }),
  )
  const feeds = inputs.map(({ name, shape }, k) => {
    const size = shape.reduce((a, b) => a * b, 1)
    return [
      name,
      new Tensor(
        'float32',
        Float32Array.from({ length: size }, (_, i) => uniform(k, i) - 0.5),
        shape,
      ),
    ] as const
  })
  const results = await session.run(Object.fromEntries(feeds))
  await session.release()
  return results[result]!.data as Float32Array
}

it('the ways to a filter’s gradient agree at stride 1, whatever the sizes', async () => {
  const cases = convolutions.filter(({ stride, kernel }) => stride[0] * stride[1] === 1 && kernel[0]! * kernel[1]! > 1)
  for (const { x, kernel, stride, padding } of cases) {
    const window = convWindow(x, kernel, { strides: stride, pad: padding })
    const [first, ...others] = await Promise.all(Object.values(ways).map((way) => gradient(way, x, window)))
    for (const other of others) {
      expect(Math.max(...first!.map((value, i) => Math.abs(value - other[i]!)))).toBeLessThan(1e-5)
    }
  }
  expect(cases.length).toBeGreaterThan(20)
  console.log(`cases=${cases.length}`)
})
