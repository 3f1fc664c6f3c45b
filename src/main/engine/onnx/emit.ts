import { specOf, type Constant, type Spec, type Step, type ValueId } from '../step/step.js'
import { emitNode } from './emit-node.js'
import { Emitter, type Layout, type Operand } from './emitter.js'
import { inLayout, intoLayout, permute, storedShape } from './layout.js'
import { onnxBytes, type OnnxValue } from './model.js'

/** A step's state in its ONNX model: stored shape, and the names it goes in and comes out by. */
export interface StateBinding {
  readonly name: string
  readonly input: string
  /** Missing if the step leaves it as it is. */
  readonly output?: string
}

/** A step as an ONNX model with the names to feed and fetch. */
export interface OnnxStep {
  readonly bytes: Uint8Array
  readonly inputs: readonly (Spec & { readonly name: string })[]
  readonly state: readonly StateBinding[]
  /** Channels in a block of images; decides how filters lie in the state. */
  readonly block: number
  /** ONNX name of each output of the step. */
  readonly outputs: Readonly<Record<string, string>>
  /** Outputs of rank 4 that come out as OIHW; the others come out as NCHW. */
  readonly filters: ReadonlySet<string>
  /** Names of the nodes with an optional output, such as the indices of MaxPool: not every provider has those. */
  readonly extended: readonly string[]
}

/** How the state tensor of a shape is stored: convolution filters as OIHW, or as in the step beside blocked images. */
export function stateLayout(shape: readonly number[], block = 1): Layout {
  return shape.length === 4 && block === 1 ? 'filter' : 'plain'
}

/**
 * The ONNX model of a step. Images and everything of their rank live as NCHW, filters as OIHW from step to step; only what
 * is fed stays in the step's order. With a `block` above 1 images lie in blocks of channels wherever kernels can have it.
 */
export function emitStep(step: Step, { block = 1 }: { readonly block?: number } = {}): OnnxStep {
  const e = new Emitter(block)
  const operands = new Map<ValueId, Operand>()
  const graphInputs: OnnxValue[] = []
  for (const constant of step.constants) operands.set(constant.value, emitConstant(e, step, constant))
  for (const { name, value } of step.inputs) {
    const spec = specOf(step, value)
    graphInputs.push({ name, type: spec.dtype, shape: spec.shape })
    const layout = spec.shape.length === 4 ? 'image' : 'plain'
    operands.set(value, { ...spec, layout, name: intoLayout(e, name, spec.shape, layout) })
  }
  for (const { name, value } of step.state) {
    const spec = specOf(step, value)
    const layout = stateLayout(spec.shape, block)
    graphInputs.push({ name, type: spec.dtype, shape: storedShape(spec.shape, layout) })
    operands.set(value, { ...spec, layout, name })
  }
  for (const node of step.nodes) emitNode(e, step, operands, node)
  const results = new Results(e, graphInputs)
  const resultOf = (value: ValueId) => operands.get(value) as Operand
  const isFilter = (value: ValueId) => {
    const { layout, shape } = resultOf(value)
    return shape.length === 4 && (layout === 'filter' || layout === 'plain')
  }
  const outputs = Object.fromEntries(
    step.outputs.map(({ name, value }) => [name, results.add(resultOf(value), isFilter(value) ? 'filter' : 'image')]),
  )
  const state = step.state.map(({ name, next }): StateBinding => {
    if (next === undefined) return { name, input: name }
    const operand = resultOf(next)
    return { name, input: name, output: results.add(operand, stateLayout(operand.shape, block)) }
  })
  const nodes = e.nodesFor(results.values.map(({ name }) => name))
  const bytes = onnxBytes({
    name: 'step',
    nodes,
    initializers: e.initializers,
    inputs: graphInputs,
    outputs: results.values,
    opsets: { '': 21, 'com.microsoft': 1, ...(block > 1 && { 'com.microsoft.nchwc': 1 }) },
    irVersion: 10,
  })
  const filters = step.outputs.filter(({ value }) => isFilter(value))
  return {
    bytes,
    inputs: step.inputs.map(({ name, value }) => ({ name, ...specOf(step, value) })),
    state,
    block,
    outputs,
    filters: new Set(filters.map(({ name }) => name)),
    extended: nodes.flatMap(({ name }) => (name === undefined ? [] : [name])),
  }
}

/** A constant; those of rank 4 are stored as images. */
function emitConstant(e: Emitter, step: Step, { value, data }: Constant): Operand {
  const { shape, dtype } = specOf(step, value)
  const layout = shape.length === 4 ? 'image' : 'plain'
  const stored = layout === 'image' && data instanceof Float32Array ? permute(data, shape, layout, 'store') : data
  const values = dtype === 'float32' ? Float32Array.from(stored) : stored
  return { shape, dtype, layout, name: e.constant(dtype, storedShape(shape, layout), values) }
}

/** Collects the outputs of the ONNX graph; a value that is no operator's own result, or is asked for twice, is copied. */
class Results {
  readonly values: OnnxValue[] = []
  private readonly taken: Set<string>

  constructor(
    private readonly e: Emitter,
    inputs: readonly OnnxValue[],
  ) {
    this.taken = new Set([...inputs, ...e.initializers].map(({ name }) => name))
  }

  /** `layout` is that of values of rank 4. */
  add(operand: Operand, layout: Layout): string {
    const made = inLayout(this.e, operand, layout)
    const name = this.taken.has(made) ? this.e.node('Identity', [made]) : made
    this.taken.add(name)
    const { dtype, shape } = operand
    this.values.push({ name, type: dtype, shape: storedShape(shape, shape.length === 4 ? layout : 'plain') })
    return name
  }
}
