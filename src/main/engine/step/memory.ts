import type { MemoryRules } from '../../../shared/training/memory-need.js'
import { kernelOf } from '../kernels/index.js'
import { count, specOf, type Step, type StepNode, type ValueId } from './step.js'

/** Memory that a runtime needs for a step, in bytes. */
export interface Memory {
  /** Weights, statistics and slots; where they are written anew at every step, the new ones too. */
  readonly state: number
  /** What is fed, and constants. */
  readonly given: number
  /** The most that all values in between take at once. */
  readonly values: number
  /** All of it. */
  readonly peak: number
}

/**
 * Bytes that a step needs at most at one time, from the lifetimes of its values: each lives from the kernel that makes it to the
 * last that reads it, and a kernel that works value by value writes over an input that nobody reads later. Memory that kernels
 * need for themselves, and the libraries' own, come on top.
 */
export function memoryOf(step: Step, { buffers }: Pick<MemoryRules, 'buffers'>): Memory {
  const bytes = (value: ValueId) => {
    const { shape, dtype } = specOf(step, value)
    return count(shape) * (dtype === 'bool' ? 1 : 4)
  }
  const sum = (values: readonly ValueId[]) => values.reduce((total, value) => total + bytes(value), 0)
  const lasting = new Set([...step.constants, ...step.inputs, ...step.state].map(({ value }) => value))
  // New state is written where it stays, not among the values in between.
  const next = step.state.flatMap((port) => (port.next === undefined ? [] : [port.next]))
  const placed = new Set([...lasting, ...(buffers === 2 ? next : [])])
  const kept = new Set([...next, ...step.outputs.map(({ value }) => value)])
  const last = lastReaders(step)
  let [live, most] = [0, 0]
  for (const node of step.nodes) {
    const made = sum(node.outputs.filter((value) => !placed.has(value)))
    const ending = [...new Set(Object.values(node.inputs))].filter((value) => {
      return last.get(value) === node && !placed.has(value) && !kept.has(value)
    })
    const reused = kernelOf(node.kernel).valuewise && ending.some((value) => bytes(value) === made) ? made : 0
    most = Math.max(most, live + made - reused)
    live += made - sum(ending)
    // What nobody reads goes at once.
    live -= sum(node.outputs.filter((value) => !last.has(value) && !kept.has(value) && !placed.has(value)))
  }
  const state = sum(step.state.map(({ value }) => value)) + (buffers === 2 ? sum(next) : 0)
  const given = sum([...step.constants, ...step.inputs].map(({ value }) => value))
  return { state, given, values: most, peak: state + given + most }
}

function lastReaders(step: Step): ReadonlyMap<ValueId, StepNode> {
  return new Map(step.nodes.flatMap((node) => Object.values(node.inputs).map((value) => [value, node] as const)))
}
