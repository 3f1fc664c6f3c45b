import type { TensorInfo } from '@tensorflow/tfjs-core'
import { AppError } from '../../../shared/errors.js'
import type { StepOutcome, StepRequest, StepSource } from '../../../shared/program/request.js'
import { runStep } from '../../../shared/program/step.js'
import { stateOf } from '../../../shared/program/state.js'
import { registerGradients } from '../kernels/gradients.js'
import { kernels } from '../kernels/index.js'
import type { DType, Port, StatePort, Step } from '../step/step.js'
import { tf } from '../tf.js'
import { TraceBackend, valueOf } from './backend.js'

const backend = new TraceBackend()
tf.registerBackend('trace', () => backend)
registerGradients()

for (const kernel of kernels) {
  tf.registerKernel({
    kernelName: kernel.name,
    backendName: 'trace',
    kernelFunc: ({ inputs, attrs }) => backend.record(kernel, inputs, attrs ?? {}),
  })
}
tf.registerKernel({
  kernelName: 'Identity',
  backendName: 'trace',
  kernelFunc: ({ inputs }) => backend.clone(inputs['x'] as TensorInfo),
})

/**
 * The flat step of a request: its program run once on a backend that only writes down. Throws `engine/unsupported`,
 * naming the layer, for an operation without a kernel of ours.
 */
export function trace(request: StepRequest): Step {
  const shapes = new Map(
    stateOf(request.analysis, request.optimizer, request.rules).map(({ name, shape }) => [name, shape]),
  )
  return traceProgram(shapes, (source) => runStep(source, request))
}

/** The flat step of any program; `state` holds the shapes of what it may ask for by `source.state`. */
export function traceProgram(
  state: ReadonlyMap<string, readonly number[]>,
  program: (source: StepSource) => StepOutcome,
): Step {
  const inputs = new Map<string, tf.Tensor>()
  const states = new Map<string, tf.Tensor>()
  const source: StepSource = {
    tf,
    enter: (node) => void (backend.origin = node),
    input: (name, shape, type) => placeholder(inputs, name, shape, type),
    state: (name) => placeholder(states, name, state.get(name) ?? [], 'float32'),
  }
  return onTraceBackend(() => {
    const outcome = explained(() => program(source))
    const statePorts = ports(states).map((port): StatePort => {
      const next = outcome.state[port.name]
      return next ? { ...port, next: valueOf(next) } : port
    })
    return {
      values: new Map(backend.values),
      constants: [...backend.constants],
      inputs: ports(inputs),
      state: statePorts,
      nodes: [...backend.nodes],
      outputs: ports(new Map(Object.entries(outcome.outputs))),
    }
  })
}

/** Run `work` with tfjs set to the trace backend, and leave nothing behind. */
function onTraceBackend<T>(work: () => T): T {
  const before = tf.engine().backendName
  void tf.setBackend('trace')
  backend.reset()
  tf.engine().startScope('trace')
  try {
    return work()
  } finally {
    tf.engine().endScope()
    backend.reset()
    if (before && before !== 'trace') void tf.setBackend(before)
  }
}

/** tfjs reports a missing kernel or gradient in words only: turn them into an error that names the layer. */
function explained<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error)
    const [, kernel, undifferentiable] = /[Kk]ernel '(\w+)'|gradient function not found for (\w+)/.exec(words) ?? []
    const operation = kernel ?? undifferentiable
    if (operation === undefined) throw error
    const user = backend.nodes.findLast((node) => node.kernel === undifferentiable) ?? backend.nodes.at(-1)
    throw new AppError(
      'engine/unsupported',
      `Node ${backend.origin || user?.origin} uses the operation ${operation}, which this engine cannot ${kernel ? 'run' : 'differentiate'}.`,
      'Replace the layer, or add the operation to src/main/engine/kernels.',
    )
  }
}

function placeholder(known: Map<string, tf.Tensor>, name: string, shape: readonly number[], type: DType): tf.Tensor {
  const before = known.get(name)
  if (before) return before
  const tensor = tf.engine().makeTensorFromTensorInfo(backend.placeholder(shape, type))
  known.set(name, tensor)
  return tensor
}

function ports(tensors: ReadonlyMap<string, tf.Tensor>): Port[] {
  return [...tensors].map(([name, tensor]) => ({ name, value: valueOf(tensor) }))
}
