import type { Step, StepNode, ValueId } from './step.js'

/** A change of a step that keeps what it computes. */
export type Pass = (step: Step) => Step

/** The node that makes each value. */
export function producers(step: Step): ReadonlyMap<ValueId, StepNode> {
  const makers = new Map<ValueId, StepNode>()
  for (const node of step.nodes) for (const value of node.outputs) makers.set(value, node)
  return makers
}

/** How often each value is read, by kernels, outputs and next states. */
export function uses(step: Step): ReadonlyMap<ValueId, number> {
  const counts = new Map<ValueId, number>()
  const add = (value: ValueId) => counts.set(value, (counts.get(value) ?? 0) + 1)
  for (const node of step.nodes) Object.values(node.inputs).forEach(add)
  for (const { value } of step.outputs) add(value)
  for (const { next } of step.state) if (next !== undefined) add(next)
  return counts
}

/** The step with every kernel behind those that make what it reads, otherwise in the order it had. */
export function inOrder(step: Step): Step {
  const known = new Set([...step.constants, ...step.inputs, ...step.state].map(({ value }) => value))
  const waiting = new Map<ValueId, StepNode[]>()
  const nodes: StepNode[] = []
  for (const start of step.nodes) {
    const next = [start]
    for (let node = next.pop(); node; node = next.pop()) {
      const missing = Object.values(node.inputs).find((value) => !known.has(value))
      if (missing !== undefined) {
        waiting.set(missing, [...(waiting.get(missing) ?? []), node])
        continue
      }
      nodes.push(node)
      for (const value of node.outputs) {
        known.add(value)
        next.push(...(waiting.get(value) ?? []).reverse())
        waiting.delete(value)
      }
    }
  }
  return { ...step, nodes }
}

/** The step with values replaced wherever they are read; chains of replacements are followed. */
export function substitute(step: Step, replaced: ReadonlyMap<ValueId, ValueId>): Step {
  const now = (value: ValueId): ValueId => {
    let current = value
    for (let next = replaced.get(current); next !== undefined; next = replaced.get(current)) current = next
    return current
  }
  const reading = (node: StepNode): StepNode => {
    if (!Object.values(node.inputs).some((value) => replaced.has(value))) return node
    const inputs = Object.entries(node.inputs).map(([name, value]) => [name, now(value)] as const)
    return { ...node, inputs: Object.fromEntries(inputs) }
  }
  return {
    ...step,
    nodes: step.nodes.map(reading),
    outputs: step.outputs.map((port) => ({ ...port, value: now(port.value) })),
    state: step.state.map((port) => (port.next === undefined ? port : { ...port, next: now(port.next) })),
  }
}
