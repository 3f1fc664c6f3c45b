import { kernelOf } from '../kernels/index.js'
import { specOf, type Step, type ValueId } from './step.js'

/** What is wrong with a step, in words; empty if nothing is: order, single assignment, shapes and types of every kernel. */
export function faultsOf(step: Step): string[] {
  const faults: string[] = []
  const known = new Set<ValueId>()
  const define = (value: ValueId, by: string) => {
    if (known.has(value)) faults.push(`${by} makes value ${value} a second time.`)
    known.add(value)
    if (!step.values.has(value)) faults.push(`${by} makes value ${value}, which has no shape.`)
  }
  for (const { value } of step.constants) define(value, 'A constant')
  for (const { name, value } of [...step.inputs, ...step.state]) define(value, name)
  for (const node of step.nodes) {
    const late = Object.entries(node.inputs).filter(([, value]) => !known.has(value))
    for (const [name] of late)
      faults.push(`${node.kernel} of ${node.origin} reads its input ${name} before it is made.`)
    node.outputs.forEach((value) => define(value, node.kernel))
    if (late.length > 0) continue
    const specs = Object.fromEntries(Object.entries(node.inputs).map(([name, value]) => [name, specOf(step, value)]))
    const inferred = kernelOf(node.kernel).infer(specs, node.attributes, Object.values(specs))
    const stated = node.outputs.map((value) => specOf(step, value))
    if (text(inferred) !== text(stated)) faults.push(`${node.kernel} makes ${text(inferred)}, not ${text(stated)}.`)
  }
  for (const { name, value } of step.outputs) if (!known.has(value)) faults.push(`Output ${name} is never made.`)
  for (const { name, value, next } of step.state) {
    if (next === undefined) continue
    if (!known.has(next)) faults.push(`The next ${name} is never made.`)
    else if (text([specOf(step, next)]) !== text([specOf(step, value)]))
      faults.push(`The next ${name} has another shape.`)
  }
  return faults
}

function text(specs: readonly { readonly shape: readonly number[]; readonly dtype: string }[]): string {
  return specs.map(({ shape, dtype }) => `${dtype}[${shape}]`).join(' ')
}
