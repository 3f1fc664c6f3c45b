import { producers } from '../rewrite.js'
import type { Step, StepNode, ValueId } from '../step.js'

/**
 * tfjs writes the gradient of relu as `dy * cast(step(x))`: three passes over memory. Make it one kernel, and let it look
 * at relu's output instead of its input, which then need not be kept: both are positive at the same places.
 */
export function fuseReluGradient(step: Step): Step {
  const makers = producers(step)
  const rectified = new Map(
    step.nodes.filter((node) => node.kernel === 'Relu').map((node) => [node.inputs['x'], node.outputs[0] as ValueId]),
  )
  const nodes = step.nodes.map((node): StepNode => {
    if (node.kernel !== 'Multiply') return node
    const { a, b } = node.inputs as { a: ValueId; b: ValueId }
    const x = steppedValue(makers, b)
    if (x === undefined) return node
    return { ...node, kernel: 'ReluGrad', inputs: { dy: a, x: rectified.get(x) ?? x }, attributes: {} }
  })
  return { ...step, nodes }
}

/** The x of `cast(step(x))` or `step(x)`. */
function steppedValue(makers: ReadonlyMap<ValueId, StepNode>, value: ValueId): ValueId | undefined {
  const maker = makers.get(value)
  if (maker?.kernel === 'Cast') return steppedValue(makers, maker.inputs['x'] as ValueId)
  const plain = maker?.kernel === 'Step' && Number(maker.attributes['alpha'] ?? 0) === 0
  return plain ? maker.inputs['x'] : undefined
}
