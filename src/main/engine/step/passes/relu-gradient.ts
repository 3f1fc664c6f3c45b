import { producers } from '../rewrite.js'
import type { Step, StepNode, ValueId } from '../step.js'

/**
 * tfjs writes the gradient of relu as `dy * cast(step(x))`, and that of relu6 as `dy * cast(cast(x <= 6) * step(x))`: three
 * and six passes over memory. Make each one kernel, and let it look at the activation's output instead of its input, which then
 * need not be kept: both are in the open part at the same places.
 */
export function fuseReluGradient(step: Step): Step {
  const makers = producers(step)
  const made = (kernel: string) =>
    new Map(
      step.nodes.filter((node) => node.kernel === kernel).map((node) => [node.inputs['x'], node.outputs[0] as ValueId]),
    )
  const [rectified, limited] = [made('Relu'), made('Relu6')]
  const nodes = step.nodes.map((node): StepNode => {
    if (node.kernel !== 'Multiply') return node
    const { a, b } = node.inputs as { a: ValueId; b: ValueId }
    const x = steppedValue(makers, b)
    if (x !== undefined)
      return { ...node, kernel: 'ReluGrad', inputs: { dy: a, x: rectified.get(x) ?? x }, attributes: {} }
    const y = limited.get(limitedValue(makers, b))
    return y === undefined ? node : { ...node, kernel: 'Relu6Grad', inputs: { dy: a, y }, attributes: {} }
  })
  return { ...step, nodes }
}

/** The kernel that made a value, seen through casts. */
function makerOf(makers: ReadonlyMap<ValueId, StepNode>, value: ValueId | undefined): StepNode | undefined {
  let maker = value === undefined ? undefined : makers.get(value)
  while (maker?.kernel === 'Cast') maker = makers.get(maker.inputs['x'] as ValueId)
  return maker
}

/** The x of `cast(step(x))` or `step(x)`. */
function steppedValue(makers: ReadonlyMap<ValueId, StepNode>, value: ValueId | undefined): ValueId | undefined {
  const maker = makerOf(makers, value)
  const plain = maker?.kernel === 'Step' && Number(maker.attributes['alpha'] ?? 0) === 0
  return plain ? maker.inputs['x'] : undefined
}

/** The x of `(x <= limit) * step(x)`; whether the limit is 6 is known from x having gone through Relu6. */
function limitedValue(makers: ReadonlyMap<ValueId, StepNode>, value: ValueId): ValueId | undefined {
  const product = makerOf(makers, value)
  if (product?.kernel !== 'Multiply') return undefined
  const { a, b } = product.inputs as { a: ValueId; b: ValueId }
  const [below, x] = [makerOf(makers, a), steppedValue(makers, b)]
  return below?.kernel === 'LessEqual' && below.inputs['a'] === x ? x : undefined
}
