import { AppError } from '../../shared/errors.js'
import type { Culprit } from '../../shared/program/probe-report.js'
import type { TensorMap } from '../engine/executor.js'
import type { StepEvent, ValidationEvent } from '../../shared/training/events.js'

/** True if the loss of every head, and their sum, is a number. */
export function isFiniteLoss({ loss, heads }: Pick<StepEvent, 'loss' | 'heads'>): boolean {
  return Number.isFinite(loss) && Object.values(heads).every((head) => Number.isFinite(head.loss))
}

/** Once a loss is no number all weights become none: going on would only waste time. `run/not-finite`. */
export function refuseNotFinite(
  event: StepEvent | ValidationEvent,
  where: string,
  rate: number,
  culprit?: Culprit,
): void {
  if (isFiniteLoss(event)) return
  const bad = Object.entries(event.heads).find(([, { loss }]) => !Number.isFinite(loss))
  const [what, value] = bad ? [`The loss of head "${bad[0]}"`, bad[1].loss] : ['The loss', event.loss]
  const first = culprit ? ` ${placeOf(culprit)}` : ''
  throw new AppError(
    'run/not-finite',
    `${what} ${where} is ${value}, at learning rate ${rate}.${first}`,
    hintFor(rate, culprit),
  )
}

/** The same of a state that outgrew float32 while losses were still numbers, as moving statistics do. `run/not-finite`. */
export function refuseNotFiniteState(state: TensorMap, step: number, rate: number): void {
  for (const [name, { data }] of state) {
    const bad = data.find((value) => !Number.isFinite(value))
    if (bad === undefined) continue
    throw new AppError(
      'run/not-finite',
      `After step ${step} a value of ${name} is ${bad}, at learning rate ${rate}.`,
      `${lowerRate(rate)}, or clip the gradient: values grew beyond what float32 holds.`,
    )
  }
}

function lowerRate(rate: number): string {
  return `Try a lower learning rate, ${Number((rate / 10).toPrecision(2))} for instance`
}

function placeOf({ node, what, isInput }: Culprit): string {
  if (isInput) return `An image of the batch has values that are no finite numbers.`
  const of = { weights: 'weights', output: 'output', gradient: 'gradient by the output' }[what]
  return `In the net the first numbers that are not finite are in the ${of} of ${node}.`
}

function hintFor(rate: number, culprit: Culprit | undefined): string {
  if (culprit?.isInput) return 'Look for NaN and infinite values in the data, and remove or replace those images.'
  const lower = lowerRate(rate)
  if (culprit?.what === 'weights') return `${lower}, or clip the gradient: an update made them so.`
  if (culprit?.what === 'gradient') return `${lower}, or clip the gradient at a norm of 1.`
  if (culprit) return `${lower}, or normalise before ${culprit.node}: its values grew beyond what float32 holds.`
  return `${lower}; check that the data has no NaN.`
}
