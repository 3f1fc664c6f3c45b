import { AppError } from '../../shared/errors.js'
import type { Analysis } from '../../shared/graph/graph.js'
import { netOf } from '../../shared/program/state.js'
import type { Feeds, HeadResult, StepResult } from './executor.js'
import { fillRandom, isRandomInput } from './random-inputs.js'
import { count, type Spec } from './step/step.js'

/** An input of a step with the values of this call. */
export interface InputValues {
  readonly name: string
  readonly shape: readonly number[]
  readonly dtype: 'float32' | 'int32'
  readonly values: Float32Array | Int32Array
}

/** Number of images in a call; throws `data/shape` if their values do not come out even. */
export function batchOf({ images, labels }: Feeds, analysis: Analysis): number {
  const { input } = netOf(analysis)
  const batch = images.length / count(input)
  if (!Number.isInteger(batch) || batch === 0) {
    const message = `${images.length} values are no whole number of images of ${input.join('x')}.`
    throw new AppError('data/shape', message, 'Feed images of the size of the net’s input.')
  }
  if (labels && labels.length !== batch) {
    throw new AppError(
      'data/shape',
      `There are ${batch} images, but ${labels.length} labels.`,
      'Feed one label per image.',
    )
  }
  return batch
}

/** The values of each input of a step, in the step's order. */
export function inputValues(
  inputs: readonly (Spec & { readonly name: string })[],
  feeds: Feeds,
  analysis: Analysis,
): InputValues[] {
  return inputs.map(({ name, shape, dtype }) => ({
    name,
    shape,
    dtype: dtype as 'float32' | 'int32',
    values: valuesOf(name, shape, feeds, analysis),
  }))
}

function valuesOf(name: string, shape: readonly number[], feeds: Feeds, analysis: Analysis) {
  if (name === 'images') return feeds.images
  if (name === 'labels') return needed(feeds.labels, name)
  if (name === 'learning_rate') return Float32Array.of(needed(feeds.learningRate, name))
  if (isRandomInput(name)) {
    const numbers = new Float32Array(count(shape))
    const first = (feeds.part ?? 0) * numbers.length
    fillRandom(numbers, name, { seed: needed(feeds.seed, 'seed'), step: needed(feeds.step, 'step'), first })
    return numbers
  }
  const head = analysis.heads.find(({ id }) => name === `head_weight/${id}`)
  if (!head) throw new Error(`The step has an unknown input ${name}.`)
  return Float32Array.of(feeds.headWeights?.[head.id] ?? head.weight)
}

/** What a step returned, by head. */
export function resultOf(outputs: ReadonlyMap<string, Float32Array>): StepResult {
  const heads: Record<string, { -readonly [K in keyof HeadResult]: HeadResult[K] }> = {}
  const probe: Record<string, Float32Array> = {}
  for (const [name, values] of outputs) {
    const [part, head] = splitOnce(name)
    if (head === undefined) continue
    if (part === 'probe') {
      probe[head] = values
      continue
    }
    const facts = (heads[head] ??= {})
    if (part === 'loss') facts.loss = values[0] as number
    else if (part === 'correct') facts.correct = values[0] as number
    else if (part === 'error') facts.error = values[0] as number
    else facts.probabilities = values
  }
  const loss = outputs.get('loss')?.[0]
  const looked = Object.keys(probe).length > 0
  return { ...(loss !== undefined && { loss }), heads, ...(looked && { probe }) }
}

function splitOnce(name: string): [string, string | undefined] {
  const at = name.indexOf('/')
  return at < 0 ? [name, undefined] : [name.slice(0, at), name.slice(at + 1)]
}

function needed<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`This step needs ${name}.`)
  return value
}
