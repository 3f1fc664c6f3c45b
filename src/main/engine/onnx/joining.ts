import { kernelOf } from '../kernels/index.js'
import { producers } from '../step/rewrite.js'
import { count, specOf, type Spec, type Step, type StepNode, type ValueId } from '../step/step.js'

/** Computes vectors that lie one behind the other, in as few kernels as it can. */
export interface Joining {
  /** Kernels made so far, in an order that can be computed behind those of the step. */
  readonly nodes: readonly StepNode[]
  /** From now on `joined` is what these vectors are one behind the other. */
  know(values: readonly ValueId[], joined: ValueId): void
  /** These vectors one behind the other. */
  of(values: readonly ValueId[]): ValueId
}

/**
 * Vectors of a step that are made value by value in the same way, such as new weights from gradients, are made together: by the
 * kernels of one of them, from what the others are made from, one behind the other. `make` returns a new value of the step.
 */
export function joining(step: Step, make: (spec: Spec) => ValueId): Joining {
  const makers = producers(step)
  const known = new Map<string, ValueId>()
  const nodes: StepNode[] = []
  const shapeOf = (value: ValueId) => specOf(step, value).shape

  const add = (values: readonly ValueId[], node: Omit<StepNode, 'outputs'>): ValueId => {
    const size = values.reduce((sum, value) => sum + count(shapeOf(value)), 0)
    const joined = make({ shape: [size], dtype: specOf(step, values[0] as ValueId).dtype })
    nodes.push({ ...node, outputs: [joined] })
    return joined
  }

  const inputOf = (values: readonly ValueId[], inputs: readonly ValueId[]): ValueId | undefined => {
    const [first] = inputs
    if (first !== undefined && shapeOf(first).length === 0)
      return inputs.every((input) => input === first) ? first : undefined
    return inputs.every((input, i) => `${shapeOf(input)}` === `${shapeOf(values[i] as ValueId)}`)
      ? of(inputs)
      : undefined
  }

  /** The kernel that makes all of the vectors, if one kernel can. */
  const kernelFor = (values: readonly ValueId[]): Omit<StepNode, 'outputs'> | undefined => {
    const own = values.map((value) => makers.get(value))
    const [first] = own
    if (!first || !kernelOf(first.kernel).valuewise || !own.every((node) => node && alike(node, first)))
      return undefined
    const inputs: Record<string, ValueId> = {}
    for (const name of Object.keys(first.inputs)) {
      const input = inputOf(
        values,
        own.map((node) => node?.inputs[name] as ValueId),
      )
      if (input === undefined) return undefined
      inputs[name] = input
    }
    return { ...first, inputs }
  }

  const of = (values: readonly ValueId[]): ValueId => {
    const key = values.join()
    const before = known.get(key)
    if (before !== undefined) return before
    const parts = {
      kernel: 'Concat',
      inputs: Object.fromEntries(values.entries()),
      attributes: { axis: 0 },
      origin: '',
    }
    const joined = add(values, kernelFor(values) ?? parts)
    known.set(key, joined)
    return joined
  }
  return { nodes, know: (values, joined) => void known.set(values.join(), joined), of }
}

function alike(a: StepNode, b: StepNode): boolean {
  return (
    a.kernel === b.kernel &&
    `${Object.keys(a.inputs)}` === `${Object.keys(b.inputs)}` &&
    JSON.stringify(a.attributes) === JSON.stringify(b.attributes)
  )
}
