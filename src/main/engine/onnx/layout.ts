import { intoBlocks, outOfBlocks } from './blocked.js'
import type { Emitter, Layout, Operand } from './emitter.js'

/** For each stored axis the step's axis it holds. */
const ORDER: Readonly<Record<Layout, readonly number[]>> = {
  plain: [0, 1, 2, 3],
  image: [0, 3, 1, 2],
  blocked: [0, 3, 1, 2],
  filter: [3, 2, 0, 1],
}

/** A shape in the step's order as it is stored. */
export function storedShape(shape: readonly number[], layout: Layout): number[] {
  return layout === 'plain' ? [...shape] : ORDER[layout].map((axis) => shape[axis] as number)
}

/** Where the step's axes are stored, in ascending order. */
export function storedAxes(axes: readonly number[], layout: Layout): number[] {
  const stored = layout === 'plain' ? [...axes] : axes.map((axis) => ORDER[layout].indexOf(axis))
  return stored.sort((a, b) => a - b)
}

/** The value with its axes in the step's order, transposed if it is stored otherwise. */
export function inStepOrder(e: Emitter, { name, layout, shape }: Operand): string {
  if (layout === 'plain' || movesNothing(shape, layout)) return layout === 'plain' ? name : e.reshape(name, shape)
  return e.transpose(name, inverse(ORDER[layout]))
}

/** The value as it lies in a layout. */
export function inLayout(e: Emitter, operand: Operand, layout: Layout): string {
  const { name, shape } = operand
  if (operand.layout === layout || shape.length !== 4) return name
  if (operand.layout === 'blocked' && layout === 'plain') return rowsOfChannels(e, operand)
  if (operand.layout === 'blocked') {
    return inLayout(e, { ...operand, layout: 'image', name: outOfBlocks(e, name, shape[3] as number) }, layout)
  }
  if (layout === 'blocked') return intoBlocks(e, inLayout(e, operand, 'image'))
  return intoLayout(e, inStepOrder(e, operand), shape, layout)
}

/** The image brought into blocks. */
export function inBlocks(e: Emitter, x: Operand): Operand {
  return { ...x, layout: 'blocked', name: inLayout(e, x, 'blocked') }
}

/** A blocked image in the step's order: whole blocks change place. */
function rowsOfChannels(e: Emitter, { name, shape }: Operand): string {
  const [batch, height, width, channels] = shape as [number, number, number, number]
  const cells = e.reshape(name, [batch, channels / e.block, height * width, e.block])
  return e.reshape(channels === e.block ? cells : e.transpose(cells, [0, 2, 1, 3]), shape)
}

/** A value in the step's order brought into a layout. */
export function intoLayout(e: Emitter, name: string, shape: readonly number[], layout: Layout): string {
  if (layout === 'plain') return name
  return movesNothing(shape, layout) ? e.reshape(name, storedShape(shape, layout)) : e.transpose(name, ORDER[layout])
}

/**
 * A value ready to be combined element by element with a value of rank 4 in `layout`: vectors along the last axis become
 * [channels, 1, 1] beside images.
 */
export function beside(e: Emitter, operand: Operand, layout: Layout): string {
  const { name, shape } = operand
  if (layout === 'plain' || shape.length === 0 || operand.layout === layout) return name
  const padded = [...Array.from({ length: 4 - shape.length }, () => 1), ...shape]
  if (shape.length === 4 || shape.filter((size) => size > 1).length > 1) {
    return e.transpose(e.reshape(inStepOrder(e, operand), padded), ORDER[layout])
  }
  return e.reshape(name, storedShape(padded, layout))
}

/** Host data of a shape moved between the step's order and a stored one; returns new data. */
export function permute(
  data: Float32Array,
  shape: readonly number[],
  layout: Layout,
  direction: 'store' | 'load',
): Float32Array {
  if (layout === 'plain') return data.slice()
  const order = ORDER[layout]
  const strides = shape.map((_, axis) => shape.slice(axis + 1).reduce((a, b) => a * b, 1))
  const [n0, n1, n2, n3] = order.map((axis) => shape[axis] as number) as [number, number, number, number]
  const [s0, s1, s2, s3] = order.map((axis) => strides[axis] as number) as [number, number, number, number]
  const out = new Float32Array(data.length)
  let stored = 0
  for (let a = 0; a < n0; a++)
    for (let b = 0; b < n1; b++)
      for (let c = 0; c < n2; c++)
        for (let d = 0; d < n3; d++) {
          const plain = a * s0 + b * s1 + c * s2 + d * s3
          if (direction === 'store') out[stored++] = data[plain] as number
          else out[plain] = data[stored++] as number
        }
  return out
}

/** True if only axes of length 1 change place: a reshape does. */
function movesNothing(shape: readonly number[], layout: Layout): boolean {
  const kept = ORDER[layout].filter((axis) => (shape[axis] as number) > 1)
  return kept.every((axis, i) => i === 0 || axis > (kept[i - 1] as number))
}

function inverse(order: readonly number[]): number[] {
  return order.map((_, axis) => order.indexOf(axis))
}
