import { substitute } from '../rewrite.js'
import { specOf, type Step, type StepNode, type ValueId } from '../step.js'

/** Read through kernels that change nothing: casts to the same type, reshapes to the same shape. */
export function resolveIdentities(step: Step): Step {
  const replaced = new Map<ValueId, ValueId>()
  for (const node of step.nodes) {
    if (changesNothing(step, node)) replaced.set(node.outputs[0] as ValueId, node.inputs['x'] as ValueId)
  }
  const nodes = step.nodes.filter((node) => !replaced.has(node.outputs[0] as ValueId))
  return substitute({ ...step, nodes }, replaced)
}

function changesNothing(step: Step, node: StepNode): boolean {
  if (node.kernel !== 'Cast' && node.kernel !== 'Reshape') return false
  const before = specOf(step, node.inputs['x'] as ValueId)
  const after = specOf(step, node.outputs[0] as ValueId)
  return before.dtype === after.dtype && `${before.shape}` === `${after.shape}`
}
