import { kernelOf } from '../kernels/index.js'
import { specOf, type Constant, type Spec, type Step, type StepNode, type ValueId } from '../step/step.js'
import { Emitter, type Layout, type Operand } from './emitter.js'
import { intoLayout, permute, storedShape } from './layout.js'
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
  /** ONNX name of each output of the step. */
  readonly outputs: Readonly<Record<string, string>>
  /** Outputs of rank 4 that come out as OIHW; the others come out as NCHW. */
  readonly filters: ReadonlySet<string>
  /** Names of the nodes with an optional output, such as the indices of MaxPool: not every provider has those. */
  readonly extended: readonly string[]
}

/** How the state tensor of a shape is stored: convolution filters as OIHW. */
export function stateLayout(shape: readonly number[]): Layout {
  return shape.length === 4 ? 'filter' : 'plain'
}

/**
 * The ONNX model of a step. Images and everything of their rank live as NCHW, filters as OIHW from step to step; only what
 * is fed stays in the step's order.
 */
export function emitStep(step: Step): OnnxStep {
  const e = new Emitter()
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
    const layout = stateLayout(spec.shape)
    graphInputs.push({ name, type: spec.dtype, shape: storedShape(spec.shape, layout) })
    operands.set(value, { ...spec, layout, name })
  }
  for (const node of step.nodes) emitNode(e, step, operands, node)
  const results = new Results(e, graphInputs)
  const outputs = Object.fromEntries(step.outputs.map(({ name, value }) => [name, results.add(operands, value)]))
  const state = step.state.map(({ name, next }): StateBinding => {
    return next === undefined ? { name, input: name } : { name, input: name, output: results.add(operands, next) }
  })
  const bytes = onnxBytes({
    name: 'step',
    nodes: e.nodes,
    initializers: e.initializers,
    inputs: graphInputs,
    outputs: results.values,
    opsets: { '': 21, 'com.microsoft': 1 },
    irVersion: 10,
  })
  const filters = step.outputs.filter(({ value }) => operands.get(value)?.layout === 'filter')
  return {
    bytes,
    inputs: step.inputs.map(({ name, value }) => ({ name, ...specOf(step, value) })),
    state,
    outputs,
    filters: new Set(filters.map(({ name }) => name)),
    extended: e.nodes.flatMap(({ name }) => (name === undefined ? [] : [name])),
  }
}

function emitNode(e: Emitter, step: Step, operands: Map<ValueId, Operand>, node: StepNode) {
  const kernel = kernelOf(node.kernel)
  const inputs = Object.fromEntries(
    Object.entries(node.inputs).map(([name, value]) => [name, operands.get(value) as Operand]),
  )
  const list = Object.values(inputs)
  const outputs = node.outputs.map((value): Operand => {
    const spec = specOf(step, value)
    return { ...spec, name: '', layout: outputLayout(kernel.layout ?? 'follow', spec, list) }
  })
  const call = { inputs, list, attributes: node.attributes, outputs: outputs as [Operand, ...Operand[]] }
  const names = [kernel.onnx(e, call)].flat()
  node.outputs.forEach((value, i) => operands.set(value, { ...(outputs[i] as Operand), name: names[i] as string }))
}

function outputLayout(rule: 'image' | 'filter' | 'follow', { shape }: Spec, inputs: readonly Operand[]): Layout {
  if (shape.length !== 4) return 'plain'
  if (rule !== 'follow') return rule
  return inputs.some(({ layout }) => layout === 'filter') ? 'filter' : 'image'
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

  add(operands: ReadonlyMap<ValueId, Operand>, value: ValueId): string {
    const operand = operands.get(value) as Operand
    const name = this.taken.has(operand.name) ? this.e.node('Identity', [operand.name]) : operand.name
    this.taken.add(name)
    this.values.push({ name, type: operand.dtype, shape: storedShape(operand.shape, operand.layout) })
    return name
  }
}
