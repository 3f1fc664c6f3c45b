import { producers, uses } from '../rewrite.js'
import { specOf, type Step, type StepNode, type ValueId } from '../step.js'

/** Convolutions, and what they are called with a bias. */
const FUSED: Readonly<Record<string, string>> = { Conv2D: 'FusedConv2D', GroupedConv2D: 'FusedGroupedConv2D' }

/** A convolution whose only reader adds a vector of channels takes the vector as its bias: one pass over memory less. */
export function fuseBias(step: Step): Step {
  const makers = producers(step)
  const read = uses(step)
  const gone = new Set<StepNode>()
  const nodes = step.nodes.map((node): StepNode => {
    if (node.kernel !== 'Add') return node
    const { a, b } = node.inputs as { a: ValueId; b: ValueId }
    const conv = makers.get(a)
    const kernel = FUSED[conv?.kernel ?? '']
    if (!conv || kernel === undefined || read.get(a) !== 1 || specOf(step, b).shape.length !== 1) return node
    gone.add(conv)
    return { ...conv, kernel, inputs: { ...conv.inputs, bias: b }, outputs: node.outputs }
  })
  return { ...step, nodes: nodes.filter((node) => !gone.has(node)) }
}
