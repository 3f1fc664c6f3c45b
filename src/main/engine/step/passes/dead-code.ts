import type { Spec, Step, ValueId } from '../step.js'

/** Drop kernels, constants and values that no output and no next state depends on, and inputs and state that are neither read nor changed. */
export function dropDeadCode(step: Step): Step {
  const needed = new Set<ValueId>(step.outputs.map(({ value }) => value))
  for (const { next } of step.state) if (next !== undefined) needed.add(next)
  const nodes = step.nodes
    .toReversed()
    .filter((node) => {
      const live = node.outputs.some((value) => needed.has(value))
      if (live) for (const value of Object.values(node.inputs)) needed.add(value)
      return live
    })
    .reverse()
  const inputs = step.inputs.filter(({ value }) => needed.has(value))
  const state = step.state.filter(({ value, next }) => next !== undefined || needed.has(value))
  for (const { value } of state) needed.add(value)
  for (const node of nodes) for (const value of node.outputs) needed.add(value)
  const values = new Map<ValueId, Spec>()
  for (const [value, spec] of step.values) if (needed.has(value)) values.set(value, spec)
  return {
    ...step,
    values,
    inputs,
    state,
    nodes,
    constants: step.constants.filter(({ value }) => needed.has(value)),
  }
}
