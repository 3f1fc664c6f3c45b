import { AppError } from '../../../shared/errors.js'
import { kernelOf } from '../kernels/index.js'
import { specOf, type Spec, type Step, type StepNode, type ValueId } from '../step/step.js'
import { further, GraphEmitter, type TfValue } from './emitter.js'
import { graphDefBytes } from './graph-def.js'
import { momentumUpdates, type MomentumUpdate } from './momentum.js'

/** A step as operations of a graph, with the names to feed, fetch and run. */
export interface TfStep {
  readonly bytes: Uint8Array
  /** `port` is the name to feed. */
  readonly inputs: readonly (Spec & { readonly name: string; readonly port: string })[]
  /** Port of each output of the step. */
  readonly outputs: Readonly<Record<string, string>>
  /** Operation that writes the new state; missing if the step changes none. */
  readonly update?: string
}

const NOWHERE = () => undefined

/**
 * The operations of a step, placed by what they belong to, their names beginning with `prefix`. State lives in variables that all steps of a session share
 * by name; none is written before every new value is there, so that a step that fails changes nothing.
 */
export function emitStep(step: Step, prefix: string, place: (origin: string) => string | undefined = NOWHERE): TfStep {
  const e = new GraphEmitter(prefix, place(''))
  const values = new Map<ValueId, TfValue>()
  const put = (value: ValueId, name: string) => values.set(value, { ...specOf(step, value), name })
  for (const { value, data } of step.constants) {
    const { shape, dtype } = specOf(step, value)
    put(value, e.constant(dtype, shape, dtype === 'float32' ? Float32Array.from(data) : data))
  }
  for (const { value } of step.inputs) put(value, placeholder(e, specOf(step, value)))
  const handles = new Map<ValueId, string>()
  for (const { name, value } of step.state) {
    const spec = specOf(step, value)
    const handle = variable(e, name, spec)
    handles.set(value, handle)
    put(value, e.node('ReadVariableOp', [handle], { dtype: { type: spec.dtype } }))
  }
  const updates = momentumUpdates(step)
  const within = new Set(updates.flatMap(({ nodes }) => nodes))
  for (const node of step.nodes) {
    if (within.has(node)) continue
    e.place = place(node.origin)
    emitNode(e, step, values, node)
  }
  e.place = place('')
  const nameOf = (value: ValueId) => (values.get(value) as TfValue).name
  const update = emitUpdate(e, step, updates, handles, nameOf)
  const ports = new Set(step.inputs.map(({ value }) => nameOf(value)))
  // A session refuses to fetch what it is fed.
  const fetchable = (value: ValueId) =>
    ports.has(nameOf(value)) ? e.typed('Identity', specOf(step, value).dtype, [nameOf(value)]) : nameOf(value)
  const outputs = step.outputs.map(({ name, value }) => [name, fetchable(value)] as const)
  return {
    bytes: graphDefBytes(e.nodes),
    inputs: step.inputs.map(({ name, value }) => ({ name, ...specOf(step, value), port: nameOf(value) })),
    outputs: Object.fromEntries(outputs),
    ...(update !== undefined && { update }),
  }
}

/** A value to be fed. */
export function placeholder(e: GraphEmitter, { dtype, shape }: Spec): string {
  return e.node('Placeholder', [], { dtype: { type: dtype }, shape: { shape } })
}

/** The handle of a state tensor, the same in every step of a session. */
export function variable(e: GraphEmitter, name: string, { dtype, shape }: Spec): string {
  const attributes = { dtype: { type: dtype }, shape: { shape }, shared_name: { string: name } }
  return e.node('VarHandleOp', [], { ...attributes, container: { string: '' } })
}

function emitUpdate(
  e: GraphEmitter,
  step: Step,
  updates: readonly MomentumUpdate[],
  handles: ReadonlyMap<ValueId, string>,
  nameOf: (value: ValueId) => string,
): string | undefined {
  const changed = step.state.flatMap(({ value, next }) => (next === undefined ? [] : [{ value, next }]))
  if (changed.length === 0) return undefined
  const updated = new Set(updates.flatMap(({ weight, velocity }) => [weight, velocity]))
  const written = changed.filter(({ value }) => !updated.has(value))
  const needed = [
    ...changed.map(({ value }) => value),
    ...written.map(({ next }) => next),
    ...updates.map(({ gradient }) => gradient),
    ...step.outputs.map(({ value }) => value),
  ]
  const ready = e.node('NoOp', [...new Set(needed.map((value) => `^${operationOf(nameOf(value))}`))])
  const loss = step.outputs.find(({ name }) => name === 'loss')
  const gates = [ready, ...(loss ? [whereFinite(e, nameOf(loss.value))] : [])].map((gate) => `^${gate}`)
  const handleOf = (value: ValueId) => handles.get(value) as string
  const writes = [
    ...written.map(({ value, next }) => {
      const inputs = [handleOf(value), nameOf(next), ...gates]
      return e.node('AssignVariableOp', inputs, { dtype: { type: specOf(step, value).dtype } })
    }),
    ...updates.map(({ weight, velocity, gradient, rate, momentum }) => {
      const inputs = [handleOf(weight), handleOf(velocity), ...[rate, gradient, momentum].map(nameOf), ...gates]
      return e.typed('ResourceApplyMomentum', specOf(step, weight).dtype, inputs)
    }),
  ]
  return e.node(
    'NoOp',
    writes.map((write) => `^${write}`),
  )
}

/** An operation that runs only if a scalar is finite, and whatever waits for it. */
function whereFinite(e: GraphEmitter, value: string): string {
  const finite = e.typed('IsFinite', 'float32', [value])
  const branches = e.typed('Switch', 'float32', [value, finite])
  return e.typed('Identity', 'float32', [further(branches, 1)])
}

function operationOf(value: string): string {
  return value.split(':', 1)[0] as string
}

function emitNode(e: GraphEmitter, step: Step, values: Map<ValueId, TfValue>, node: StepNode) {
  const { tensorflow } = kernelOf(node.kernel)
  if (!tensorflow) throw lacks(node)
  const inputs = Object.fromEntries(
    Object.entries(node.inputs).map(([name, value]) => [name, values.get(value) as TfValue]),
  )
  const outputs = node.outputs.map((value) => specOf(step, value)) as [Spec, ...Spec[]]
  const names = [tensorflow(e, { inputs, list: Object.values(inputs), attributes: node.attributes, outputs })].flat()
  node.outputs.forEach((value, i) => values.set(value, { ...(outputs[i] as Spec), name: names[i] as string }))
}

function lacks({ kernel, origin }: StepNode): AppError {
  return new AppError(
    'engine/unsupported',
    `Node ${origin} uses the operation ${kernel}, which the TensorFlow runtime cannot run.`,
    'Choose the device onnx-cpu, which runs every layer.',
  )
}
