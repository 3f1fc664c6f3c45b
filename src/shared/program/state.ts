import { AppError } from '../errors.js'
import type { Analysis } from '../graph/graph.js'
import type { WeightSpec } from '../layers/define.js'
import { shapeText } from '../layers/shapes.js'
import type { OptimizerName, StepRules } from '../training/settings.js'
import { optimizerOf } from './optimizers.js'

/** One named tensor of a step's state. */
export interface StateEntry {
  readonly name: string
  readonly shape: readonly number[]
  readonly role: 'trainable' | 'statistic' | 'slot'
  /** How it begins; slots begin at zero. */
  readonly init: WeightSpec['init']
}

/** What a step needs to know of a net. */
export interface Net {
  /** `[height, width, channels]` of one image. */
  readonly input: readonly number[]
  /** Names of each node's weights. */
  readonly names: Readonly<Record<string, readonly string[]>>
  readonly trainable: readonly StateEntry[]
  readonly statistics: readonly StateEntry[]
}

/** The net of an analysis without errors; throws `graph/has-errors` where a size or a shape is unknown. */
export function netOf(analysis: Analysis): Net {
  const entries = Object.values(analysis.nodes).flatMap((node) =>
    Object.entries(node.weights).map(([name, spec]) => entryOf(`${node.id}/${name}`, spec)),
  )
  return {
    input: inputSize(analysis),
    names: Object.fromEntries(Object.values(analysis.nodes).map((node) => [node.id, Object.keys(node.weights)])),
    trainable: entries.filter((entry) => entry.role === 'trainable'),
    statistics: entries.filter((entry) => entry.role === 'statistic'),
  }
}

/** Name of the moving average of a weight, not yet divided by `CORRECTION`. */
export function averageName(weight: string): string {
  return `${weight}/average`
}

/** What moving averages of weights are divided by: they begin at zero, and so does it. */
export const CORRECTION = 'average_correction'

/** Name of the sum of the gradients of a weight over the parts of a batch; zero between batches. */
export function gradientSumName(weight: string): string {
  return `${weight}/gradient_sum`
}

/** Every tensor that training changes: weights, statistics, the optimizer's slots, and what the rules keep besides. */
export function stateOf(
  analysis: Analysis,
  optimizer: OptimizerName,
  { averageDecay = 0, microBatches = 1 }: Partial<StepRules> = {},
): readonly StateEntry[] {
  const net = netOf(analysis)
  const { perWeight, shared } = optimizerOf(optimizer).slots
  const own = net.trainable.flatMap(({ name, shape }) => [
    ...perWeight.map((slot) => slotOf(`${name}/${slot}`, shape)),
    ...(averageDecay > 0 ? [slotOf(averageName(name), shape)] : []),
    ...(microBatches > 1 ? [slotOf(gradientSumName(name), shape)] : []),
  ])
  const scalars = [...shared, ...(averageDecay > 0 ? [CORRECTION] : [])].map((name) => slotOf(name, []))
  return [...net.trainable, ...net.statistics, ...own, ...scalars]
}

function entryOf(name: string, { shape, role, init }: WeightSpec): StateEntry {
  return { name, shape, role, init }
}

function slotOf(name: string, shape: readonly number[]): StateEntry {
  return { name, shape, role: 'slot', init: { kind: 'constant', value: 0 } }
}

function inputSize(analysis: Analysis): readonly number[] {
  const errors = analysis.issues.filter((issue) => issue.severity === 'error')
  if (errors.length > 0 || !analysis.input) {
    throw new AppError(
      'graph/has-errors',
      `The net has ${errors.length} problems and cannot be run.`,
      'Mend the problems that are listed, then try again.',
      errors,
    )
  }
  const size = analysis.input.shape.filter((extent) => extent !== null)
  if (size.length < analysis.input.shape.length) {
    throw new AppError(
      'graph/has-errors',
      `The input is ${shapeText(analysis.input.shape)}; a step needs its height and width.`,
      'Give the input a fixed size.',
    )
  }
  return size
}
