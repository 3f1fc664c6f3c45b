import type { StateEntry } from '../../../shared/program/state.js'
import type { HostTensor, TensorMap } from '../executor.js'
import { dropDeadCode } from '../step/passes/dead-code.js'
import { count, type Spec, type StatePort, type Step, type StepNode, type ValueId } from '../step/step.js'
import { joining } from './joining.js'

/** Vectors of the state that lie one behind the other in one tensor, in the order of their weights. */
interface Pack {
  readonly entry: StateEntry
  readonly parts: readonly StateEntry[]
}

/**
 * Keeps the many small vectors of a state (factors, offsets, biases, moving statistics, and the slots of each) in one tensor a kind.
 * A step then has a quarter of the inputs and one update for all of them: opening it takes two thirds of the time. What goes in and
 * comes out of an executor stays one tensor a name.
 */
export class Packing {
  /** The state as it is kept. */
  readonly entries: readonly StateEntry[]
  private readonly packs: readonly Pack[]

  /** Where it is not `wanted`, everything stays as it is. */
  constructor(
    private readonly given: readonly StateEntry[],
    wanted = true,
  ) {
    this.packs = wanted ? packsOf(given) : []
    const packed = new Set(this.packs.flatMap(({ parts }) => parts))
    this.entries = [...given.filter((entry) => !packed.has(entry)), ...this.packs.map(({ entry }) => entry)]
  }

  /** The step over the state as it is kept. */
  step(step: Step): Step {
    return this.packs.length === 0 ? step : dropDeadCode(packed(step, this.packs))
  }

  /** Slots that are left out stay left out where all of their kind are, and are zero otherwise. */
  pack(state: TensorMap): TensorMap {
    const kept = new Map(state)
    for (const { entry, parts } of this.packs) {
      if (!parts.some(({ name }) => state.has(name))) continue
      const data = new Float32Array(count(entry.shape))
      let at = 0
      for (const { name, shape } of parts) {
        data.set(state.get(name)?.data ?? [], at)
        kept.delete(name)
        at += count(shape)
      }
      kept.set(entry.name, { shape: entry.shape, data })
    }
    return kept
  }

  /** The reverse of `pack`, in the order of the names. */
  unpack(kept: TensorMap): TensorMap {
    const state = new Map(kept)
    for (const { entry, parts } of this.packs) {
      const { data } = kept.get(entry.name) as HostTensor
      let at = 0
      for (const { name, shape } of parts) state.set(name, { shape, data: data.slice(at, (at += count(shape))) })
    }
    return new Map(this.given.map(({ name }) => [name, state.get(name) as HostTensor]))
  }
}

/** One pack for each kind of which there are several vectors. */
function packsOf(entries: readonly StateEntry[]): readonly Pack[] {
  const kinds = new Map<string, StateEntry[]>()
  for (const entry of entries.filter(({ shape }) => shape.length === 1)) {
    const kind = kindOf(entry)
    kinds.set(kind, [...(kinds.get(kind) ?? []), entry])
  }
  return [...kinds].flatMap(([kind, parts]) => {
    const [first, second] = parts
    if (!first || !second) return []
    const size = parts.reduce((sum, { shape }) => sum + count(shape), 0)
    return [{ entry: { ...first, name: `vectors: ${kind}`, shape: [size] }, parts }]
  })
}

/** Vectors of one kind are updated alike: all that have gradients, each statistic of norms, each slot. */
function kindOf({ role, name }: StateEntry): string {
  return role === 'trainable' ? role : name.slice(name.lastIndexOf('/') + 1)
}

/** The step with each pack as a state of its own; the single vectors are parts of it. */
function packed(step: Step, packs: readonly Pack[]): Step {
  const values = new Map(step.values)
  let free = Math.max(-1, ...values.keys()) + 1
  const make = (spec: Spec): ValueId => {
    values.set(free, spec)
    return free++
  }
  const ports = new Map(step.state.map((port) => [port.name, port]))
  const used = packs.filter(({ parts }) => parts.some(({ name }) => ports.has(name)))
  const places = used.map(({ entry, parts }) => ({
    name: entry.name,
    parts,
    value: make({ shape: entry.shape, dtype: 'float32' }),
    single: parts.map(({ name, shape }) => ports.get(name)?.value ?? make({ shape, dtype: 'float32' })),
  }))
  const together = joining({ ...step, values }, make)
  for (const { single, value } of places) together.know(single, value)
  const state = places.map(({ name, parts, value, single }): StatePort => {
    const next = parts.map((part) => ports.get(part.name)?.next)
    if (next.every((made) => made === undefined)) return { name, value }
    return { name, value, next: together.of(next.map((made, i) => made ?? (single[i] as ValueId))) }
  })
  const inPacks = new Set(places.flatMap(({ parts }) => parts.map(({ name }) => name)))
  const splits = places.map(({ parts, value, single }) => ({
    kernel: 'SplitV',
    inputs: { x: value },
    attributes: { numOrSizeSplits: parts.map(({ shape }) => count(shape)), axis: 0 },
    outputs: single,
    origin: '',
  }))
  return {
    ...step,
    values,
    state: [...step.state.filter(({ name }) => !inPacks.has(name)), ...state],
    nodes: [...splits, ...behindTheirNeeds(step.nodes, together.nodes)],
  }
}

/**
 * `added` as early among `nodes` as can be. ONNX Runtime looks for what to compute from the last result back: with the vectors there,
 * all of their gradients would come before that of any filter, and what filters need would wait in memory.
 */
function behindTheirNeeds(nodes: readonly StepNode[], added: readonly StepNode[]): readonly StepNode[] {
  const needed = new Set(added.flatMap(({ inputs }) => Object.values(inputs)))
  const early = new Set<StepNode>()
  for (const node of nodes.toReversed()) {
    if (!node.outputs.some((value) => needed.has(value))) continue
    early.add(node)
    for (const value of Object.values(node.inputs)) needed.add(value)
  }
  return [...nodes.filter((node) => early.has(node)), ...added, ...nodes.filter((node) => !early.has(node))]
}
