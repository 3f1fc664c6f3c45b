import { further, type GraphEmitter } from '../../../tensorflow/emitter.js'
import { tfWindow } from '../window.js'
import type { Grouped, GroupedAttributes } from './products.js'

/** How a grouped convolution, or a gradient of it, is put together from TensorFlow's operations. */
export interface TfParts {
  /** Operation for images and filters of a single group. */
  readonly plain: string
  /** Operation for filters [height, width, channels, multiplier]. */
  readonly depthwise: string
  /** The two tensors; both are split along their last axis into one for each group. */
  readonly inputs: readonly [string, string]
  /** Inputs of the operation in its order, from the two tensors and the shapes of its filter and its images. */
  readonly arrange: (a: string, b: string, filterShape: readonly number[], imageShape: readonly number[]) => string[]
}

/**
 * TensorFlow's CPU kernels know no gradients of groups: filters of one channel go through its depthwise operations, others
 * through one convolution per group. Filters are taken and gradients returned without dilation, see `spread`.
 */
export function inGroups(e: GraphEmitter, grouped: Grouped, attributes: GroupedAttributes, parts: TfParts): string {
  const { groups, window, x, filter } = grouped
  const [height, width, inGroup, filters] = spreadShape(grouped)
  const options = tfWindow({ ...window, dilation: [1, 1] }, attributes)
  const run = (op: string, a: string, b: string, filterShape: readonly number[], channels: number) =>
    e.typed(op, 'float32', parts.arrange(a, b, filterShape, [...x.slice(0, 3), channels]), options)
  if (groups === 1) return run(parts.plain, ...parts.inputs, [height, width, inGroup, filters], inGroup)
  if (isDepthwise(grouped)) {
    return run(parts.depthwise, ...parts.inputs, [height, width, groups, filters / groups], groups)
  }
  const [as, bs] = parts.inputs.map((name) => split(e, name, groups)) as [string[], string[]]
  const shape = [height, width, inGroup, filters / groups]
  const made = as.map((a, group) => run(parts.plain, a, bs[group] as string, shape, filter[2] as number))
  return e.typed('ConcatV2', 'float32', [...made, e.int(3)], { N: { int: groups } })
}

/** Whether `inGroups` takes the depthwise operation, whose filters have a shape of their own. */
export function isDepthwise({ groups, filter, window }: Grouped): boolean {
  return groups > 1 && filter[2] === 1 && window.stride[0] === window.stride[1]
}

/** A filter of the shape that `inGroups` takes it in: zeros between its taps instead of a dilation. */
export function spread(e: GraphEmitter, name: string, grouped: Grouped): string {
  const [height, width, inGroup, filters] = grouped.filter as [number, number, number, number]
  const [down, across] = grouped.window.dilation
  if (down * across === 1) return shaped(e, name, grouped)
  const cells = e.reshape({ name, dtype: 'float32' }, [height, 1, width, 1, inGroup * filters])
  const paddings = e.constant('int32', [5, 2], Int32Array.of(0, 0, 0, down - 1, 0, 0, 0, across - 1, 0, 0))
  const padded = e.typed('Pad', 'float32', [cells, paddings], { Tpaddings: { type: 'int32' } })
  const whole = e.reshape({ name: padded, dtype: 'float32' }, [height * down, width * across, inGroup, filters])
  const range = [e.ints([0, 0, 0, 0]), e.ints(spreadShape(grouped))]
  return shaped(e, e.typed('Slice', 'float32', [whole, ...range], { Index: { type: 'int32' } }), grouped)
}

/** The taps of a gradient that has the shape of a spread filter. */
export function gathered(e: GraphEmitter, name: string, grouped: Grouped): string {
  const [down, across] = grouped.window.dilation
  const shape = spreadShape(grouped)
  const plain = isDepthwise(grouped) ? e.reshape({ name, dtype: 'float32' }, shape) : name
  if (down * across === 1) return plain
  const range = [e.ints([0, 0, 0, 0]), e.ints(shape), e.ints([down, across, 1, 1])]
  return e.typed('StridedSlice', 'float32', [plain, ...range], { Index: { type: 'int32' } })
}

function shaped(e: GraphEmitter, name: string, grouped: Grouped): string {
  if (!isDepthwise(grouped)) return name
  const [height, width, , filters] = spreadShape(grouped)
  return e.reshape({ name, dtype: 'float32' }, [height, width, grouped.groups, filters / grouped.groups])
}

function spreadShape({ filter, window: { dilation } }: Grouped): [number, number, number, number] {
  const [height, width, inGroup, filters] = filter as [number, number, number, number]
  return [(height - 1) * dilation[0] + 1, (width - 1) * dilation[1] + 1, inGroup, filters]
}

function split(e: GraphEmitter, value: string, groups: number): string[] {
  const name = e.once(`split ${value} ${groups}`, () =>
    e.typed('Split', 'float32', [e.int(3), value], { num_split: { int: groups } }),
  )
  return Array.from({ length: groups }, (_, i) => (i === 0 ? name : further(name, i)))
}
