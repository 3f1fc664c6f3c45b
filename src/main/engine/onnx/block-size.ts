import { onnxBytes } from './model.js'
import { openSession } from './session.js'

let found: Promise<number> | undefined

/** Channels in a block of ONNX Runtime's blocked images on this processor; 1 if it has none. */
export function blockSize(): Promise<number> {
  found ??= measured().catch(() => 1)
  return found
}

/** The blocked form of an image of four channels has as many as a block. */
async function measured(): Promise<number> {
  const shape = [1, 4, 1, 1]
  const bytes = onnxBytes({
    name: 'block',
    nodes: [{ op: 'ReorderInput', domain: 'com.microsoft.nchwc', inputs: ['x'], outputs: ['y'] }],
    initializers: [{ name: 'x', type: 'float32', shape, data: new Float32Array(4) }],
    inputs: [],
    outputs: [{ name: 'y', type: 'float32', shape: ['n', 'c', 'h', 'w'] }],
    opsets: { '': 21, 'com.microsoft.nchwc': 1 },
    irVersion: 10,
  })
  const session = await openSession(bytes)
  const results = await session.run({})
  await session.release()
  return results['y']?.dims[1] ?? 1
}
