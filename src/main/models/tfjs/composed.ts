import type { FlatNode, NodeFacts } from '../../../shared/graph/graph.js'
import type { Window } from '../../../shared/layers/geometry.js'
import { tfPadding } from '../../../shared/layers/padding.js'
import type { ResampleMode } from '../../../shared/layers/shaping/resample.js'
import type { Shape } from '../../../shared/layers/shapes.js'
import { resampleWeights } from '../../engine/kernels/resample/weights.js'
import { along, means, type Mixing } from './along.js'
import type { SpelledLayer } from './spelled-layer.js'
import { transposedParts } from './transposed.js'

/** What a node is composed from besides its settings. */
export interface Surroundings extends Pick<NodeFacts, 'inputs' | 'output'> {
  /** Whether none of the values that come in is below 0. */
  readonly isPositive: boolean
}

type Composed = (node: FlatNode, around: Surroundings) => readonly SpelledLayer[] | undefined

const rescaled = (scale: number, offset = 0): SpelledLayer => ({ call: ['Rescaling', { scale, offset }] })

/** min(max(x + 3, 0), 6) / 6: the hard sigmoid of TensorFlow.js has the slope of Keras 2. */
const HARD_SIGMOID = [
  rescaled(1, 3),
  { call: ['ReLU', { max_value: 6 }] },
  rescaled(1 / 6),
] satisfies readonly SpelledLayer[]

/** Layers that TensorFlow.js has no equal for, but several that together compute the same; `undefined` where not even that. */
const COMPOSED: Readonly<Record<string, Composed>> = {
  subtract: () => [
    { ...rescaled(-1), from: [-2] },
    { call: ['Add', {}], from: [-1, 0] },
  ],
  hard_sigmoid: () => HARD_SIGMOID,
  hard_swish: () => [
    { ...HARD_SIGMOID[0]!, from: [-1] },
    ...HARD_SIGMOID.slice(1),
    { call: ['Multiply', {}], from: [-1, 2] },
  ],
  transposed_conv2d: transposedParts,
  upsampling: ({ params }, around) => (params['interpolation'] === 'nearest' ? undefined : resized('bilinear', around)),
  resize: ({ params }, around) => resized(params['interpolation'] as ResampleMode, around),
  adaptive_average_pool: (_node, around) => {
    const [x, y] = [around.inputs[0], around.output]
    const isEven = [0, 1].every((side) => Number.isInteger((x?.[side] ?? NaN) / (y?.[side] ?? NaN)))
    return isEven ? undefined : resized('adaptive', around)
  },
  max_pool: ({ params }, { inputs, isPositive }) => {
    const { kernel, stride } = params as unknown as Window
    const pooled = (padding: string): SpelledLayer => ({
      call: ['MaxPooling2D', { pool_size: kernel, strides: stride, padding }],
    })
    const padding = paddingOf(params, inputs[0])
    if (padding === undefined) return undefined
    if (typeof padding === 'string') return [pooled(padding)]
    // Zeros around never win against values that are none below them.
    return isPositive ? [{ call: ['ZeroPadding2D', { padding: padding.slice(1, 3) }] }, pooled('valid')] : undefined
  },
  average_pool: ({ params }, around) => {
    const window = params as unknown as Window
    const padding = paddingOf(params, around.inputs[0])
    const countPadding = params['padding'] === 'explicit' && params['count_padding'] === true
    if (padding === 'valid' || (padding === 'same' && !countPadding)) {
      return [{ call: ['AveragePooling2D', { pool_size: window.kernel, strides: window.stride, padding }] }]
    }
    return mixed(around, (side, from, to) => means(window, side, from, to, countPadding))
  },
}

/** The layers of TensorFlow.js that together compute what a node does, where a single one does not. */
export function composed(node: FlatNode, around: Surroundings): readonly SpelledLayer[] | undefined {
  return COMPOSED[node.layer.type]?.(node, around)
}

/** How windows are padded on images of this size: by name where it has one; `undefined` for open sizes. */
function paddingOf(params: FlatNode['params'], x: Shape | undefined) {
  if (params['padding'] === 'same') return 'same'
  return x && !x.includes(null) ? tfPadding(params as unknown as Window, [1, ...(x as number[])]) : undefined
}

function resized(mode: ResampleMode, around: Surroundings): readonly SpelledLayer[] | undefined {
  return mixed(around, (_side, from, to) => ({ from, to, weights: resampleWeights(from, to, mode) }))
}

function mixed(
  { inputs: [x], output: y }: Surroundings,
  mixing: (side: 0 | 1, from: number, to: number) => Mixing,
): readonly SpelledLayer[] | undefined {
  const of = (side: 0 | 1) => {
    const [from, to] = [x?.[side], y?.[side]]
    return typeof from === 'number' && typeof to === 'number' ? mixing(side, from, to) : undefined
  }
  const [rows, columns] = [of(0), of(1)]
  return rows && columns && along(rows, columns)
}
