import '@tensorflow/tfjs-backend-cpu'
import type { HostTensor } from '../executor.js'
import { kernels } from '../kernels/index.js'
import { specOf, type Step, type StepNode, type ValueId } from '../step/step.js'
import { tf } from '../tf.js'

for (const { name, reference } of kernels) {
  if (!reference) continue
  if (tf.getKernel(name, 'cpu')) tf.unregisterKernel(name, 'cpu')
  tf.registerKernel({ kernelName: name, backendName: 'cpu', kernelFunc: reference })
}

/** What a step made: its outputs and next states, by name. */
export interface StepValues {
  readonly outputs: ReadonlyMap<string, HostTensor>
  readonly state: ReadonlyMap<string, HostTensor>
}

/** Values fed to a step; int32 inputs as whole numbers. */
export type StepFeeds = ReadonlyMap<string, { readonly data: Float32Array | Int32Array }>

/** A step computed kernel by kernel in plain JavaScript by tfjs: slow, and the judge of the fast runtimes in tests. */
export function runOnTfjs(step: Step, feeds: StepFeeds): StepValues {
  const before = tf.engine().backendName
  void tf.setBackend('cpu')
  try {
    tf.engine().startScope('step')
    return computed(step, feeds)
  } finally {
    tf.engine().endScope()
    if (before && before !== 'cpu') void tf.setBackend(before)
  }
}

function computed(step: Step, feeds: StepFeeds): StepValues {
  const values = new Map<ValueId, tf.Tensor>()
  const put = (value: ValueId, data: Float32Array | Int32Array | Uint8Array) => {
    const { shape, dtype } = specOf(step, value)
    values.set(value, tf.tensor(data, [...shape], dtype))
  }
  for (const { value, data } of step.constants) put(value, data)
  for (const { name, value } of [...step.inputs, ...step.state]) put(value, fed(feeds, name))
  for (const node of step.nodes) compute(node, values)
  const read = (value: ValueId): HostTensor => {
    const tensor = values.get(value) as tf.Tensor
    return { shape: tensor.shape, data: Float32Array.from(tensor.dataSync()) }
  }
  return {
    outputs: new Map(step.outputs.map(({ name, value }) => [name, read(value)])),
    state: new Map(step.state.flatMap(({ name, next }) => (next === undefined ? [] : [[name, read(next)]]))),
  }
}

function compute(node: StepNode, values: Map<ValueId, tf.Tensor>) {
  const named = Object.fromEntries(Object.entries(node.inputs).map(([name, id]) => [name, values.get(id) as tf.Tensor]))
  const inputs = '0' in named ? (Object.values(named) as unknown as Record<string, tf.Tensor>) : named
  const made = tf.engine().runKernel<tf.Tensor | tf.Tensor[]>(node.kernel, inputs, node.attributes as tf.NamedAttrMap)
  for (const [i, tensor] of [made].flat().entries()) values.set(node.outputs[i] as ValueId, tensor)
}

function fed(feeds: StepFeeds, name: string): Float32Array | Int32Array {
  const value = feeds.get(name)
  if (!value) throw new Error(`The step needs ${name}.`)
  return value.data
}
