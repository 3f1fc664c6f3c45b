import type { Kernel } from '../kernels/define.js'
import { kernelOf } from '../kernels/index.js'
import { count, specOf, type Spec, type Step, type StepNode, type ValueId } from '../step/step.js'
import { fillsBlocks } from './blocked.js'
import type { Emitter, Layout, Operand } from './emitter.js'
import { inBlocks, inLayout } from './layout.js'

type Outputs = readonly [Operand, ...Operand[]]

/** Let the kernel of a node emit its operators, and note what they make. */
export function emitNode(e: Emitter, step: Step, operands: Map<ValueId, Operand>, node: StepNode) {
  const kernel = kernelOf(node.kernel)
  const inputs = Object.fromEntries(
    Object.entries(node.inputs).map(([name, value]) => [name, operands.get(value) as Operand]),
  )
  const specs = node.outputs.map((value) => specOf(step, value))
  const outputs =
    emitBlocked(e, kernel, node, inputs, specs) ?? emitStandard(e, kernel, node, standardInputs(e, inputs), specs)
  node.outputs.forEach((value, i) => operands.set(value, outputs[i] as Operand))
}

/** Undefined where the kernel has no blocked form for this call. */
function emitBlocked(
  e: Emitter,
  kernel: Kernel,
  { attributes }: StepNode,
  inputs: Readonly<Record<string, Operand>>,
  specs: readonly Spec[],
): Operand[] | undefined {
  const list = Object.values(inputs)
  // Only numbers can be brought into blocks.
  const images = [...list, ...specs].filter(({ shape }) => shape.length === 4)
  if (e.block === 1 || images.some(({ dtype }) => dtype !== 'float32')) return undefined
  const outputs = specs.map((spec): Operand => ({ ...spec, name: '', layout: blockedLayout(e, kernel, spec) }))
  const call = { inputs, list, attributes, outputs: outputs as unknown as Outputs }
  if (kernel.valuewise && haveOneShape(list, outputs)) {
    const blocked = allInBlocks(e, inputs)
    return withNames(outputs, [kernel.onnx(e, { ...call, inputs: blocked, list: Object.values(blocked) })].flat())
  }
  const names = kernel.blocked?.(e, call)
  return names === undefined ? undefined : withNames(outputs, [names].flat())
}

/** Blocked images of one shape, beside which only single numbers stand. */
function haveOneShape(inputs: readonly Operand[], outputs: readonly Operand[]): boolean {
  const [first] = outputs
  const all = [...inputs.filter(({ shape }) => count(shape) > 1), ...outputs]
  return (
    inputs.some(({ layout }) => layout === 'blocked') &&
    outputs.every(({ layout }) => layout === 'blocked') &&
    all.every(({ shape }) => `${shape}` === `${first?.shape}`)
  )
}

function allInBlocks(e: Emitter, inputs: Readonly<Record<string, Operand>>): Record<string, Operand> {
  return Object.fromEntries(
    Object.entries(inputs).map(([input, operand]) => {
      if (count(operand.shape) === 1) return [input, operand]
      return [input, inBlocks(e, operand)]
    }),
  )
}

function emitStandard(
  e: Emitter,
  kernel: Kernel,
  { attributes }: StepNode,
  inputs: Readonly<Record<string, Operand>>,
  specs: readonly Spec[],
): Operand[] {
  const list = Object.values(inputs)
  const outputs = specs.map((spec): Operand => ({ ...spec, name: '', layout: outputLayout(kernel, spec, list) }))
  const names = [kernel.onnx(e, { inputs, list, attributes, outputs: outputs as unknown as Outputs })].flat()
  return withNames(outputs, names).map((operand) => {
    // Beside blocked images filters lie as in the step.
    if (e.block === 1 || operand.layout !== 'filter') return operand
    return { ...operand, layout: 'plain', name: inLayout(e, operand, 'plain') }
  })
}

function withNames(outputs: readonly Operand[], names: readonly string[]): Operand[] {
  return outputs.map((output, i) => ({ ...output, name: names[i] as string }))
}

/** Inputs as `onnx` takes them: no blocks, and what convolves as OIHW. */
function standardInputs(e: Emitter, inputs: Readonly<Record<string, Operand>>): Record<string, Operand> {
  return Object.fromEntries(
    Object.entries(inputs).map(([input, operand]) => {
      const layout: Layout = input === 'filter' ? 'filter' : operand.layout === 'blocked' ? 'image' : operand.layout
      if (operand.shape.length !== 4) return [input, operand]
      return [input, { ...operand, layout, name: inLayout(e, operand, layout) }]
    }),
  )
}

function outputLayout({ layout = 'follow' }: Kernel, { shape }: Spec, inputs: readonly Operand[]): Layout {
  if (shape.length !== 4) return 'plain'
  if (layout !== 'follow') return layout
  const filter = inputs.find((input) => input.shape.length === 4 && input.layout !== 'image')
  return filter?.layout ?? 'image'
}

function blockedLayout(e: Emitter, { layout }: Kernel, { shape }: Spec): Layout {
  if (shape.length !== 4 || layout === 'filter') return 'plain'
  return fillsBlocks(e, shape[3] as number) ? 'blocked' : 'image'
}
