import { producers, uses } from '../step/rewrite.js'
import type { Step, StepNode, ValueId } from '../step/step.js'

/** `v = momentum v + gradient; w = w - rate v` of one weight, as values of a step before the update. */
export interface MomentumUpdate {
  readonly weight: ValueId
  readonly velocity: ValueId
  readonly gradient: ValueId
  readonly rate: ValueId
  readonly momentum: ValueId
  /** The kernels that compute it, which nothing else reads. */
  readonly nodes: readonly StepNode[]
}

/**
 * The updates of a step that descend with momentum, as `program/optimizers.ts` writes them. TensorFlow has one operation for the
 * four kernels and two writes of each: in small nets there are as many of those as there is everything else.
 */
export function momentumUpdates(step: Step): readonly MomentumUpdate[] {
  const makers = producers(step)
  const read = uses(step)
  const made = (value: ValueId | undefined, kernel: string, readers: number) => {
    const maker = value === undefined ? undefined : makers.get(value)
    return maker?.kernel === kernel && read.get(value as ValueId) === readers ? maker : undefined
  }
  const slots = new Map(step.state.flatMap(({ value, next }) => (next === undefined ? [] : [[next, value] as const])))
  return step.state.flatMap(({ value: weight, next }) => {
    const sub = made(next, 'Sub', 1)
    const scaled = sub?.inputs['a'] === weight ? made(sub.inputs['b'], 'Multiply', 1) : undefined
    const velocity = slots.get(scaled?.inputs['b'] as ValueId)
    const sum = made(scaled?.inputs['b'], 'Add', 2)
    const kept = made(sum?.inputs['a'], 'Multiply', 1)
    if (!sub || !scaled || !sum || !kept || velocity === undefined || kept.inputs['a'] !== velocity) return []
    const [rate, momentum, gradient] = [scaled.inputs['a'], kept.inputs['b'], sum.inputs['b']] as ValueId[]
    const scalars = [rate, momentum].every((value) => step.values.get(value!)?.shape.length === 0)
    const found = {
      weight,
      velocity,
      gradient: gradient!,
      rate: rate!,
      momentum: momentum!,
      nodes: [sub, scaled, sum, kept],
    }
    return scalars ? [found] : []
  })
}
