import { util } from '@tensorflow/tfjs-core'
import type { Emitter, Operand } from '../../onnx/emitter.js'
import { imageMeans } from '../../onnx/blocked.js'
import { inStepOrder, storedAxes } from '../../onnx/layout.js'
import type { GraphEmitter, TfValue } from '../../tensorflow/emitter.js'

/** The attributes of a reduction as tfjs has them; axes below 0 count from the last. */
export interface ReduceAttributes {
  readonly axis: number | readonly number[]
  readonly keepDims: boolean
}

/** The axes that a reduction removes, all of them if none is named, from first to last. */
export function axesOf(axis: number | readonly number[] | undefined, shape: readonly number[]): number[] {
  return util.parseAxisParam(axis as number[], [...shape]).sort((a, b) => a - b)
}

/** A shape without the given axes, or with length 1 there. */
export function reducedShape(shape: readonly number[], axes: readonly number[], keepDims: boolean): number[] {
  return keepDims
    ? shape.map((size, axis) => (axes.includes(axis) ? 1 : size))
    : shape.filter((_, axis) => !axes.includes(axis))
}

/** An ONNX reduction of `x` over the step's axes. */
export function reduce(e: Emitter, operator: string, x: Operand, axes: readonly number[], keepDims: boolean): string {
  const stays = keepDims || axes.length >= x.shape.length - 1 || x.layout === 'plain' || isSpatial(axes, x)
  const name = stays ? x.name : inStepOrder(e, x)
  const onnxAxes = stays ? storedAxes(axes, x.layout) : axes
  return e.node(operator, [name, e.ints(onnxAxes)], { keepdims: { int: Number(keepDims) } })
}

/** Sum or mean of blocked images over places, or over batch and places; undefined for other axes. */
export function reduceInBlocks(
  e: Emitter,
  operator: 'ReduceSum' | 'ReduceMean',
  x: Operand,
  axes: readonly number[],
  outShape: readonly number[],
): string | undefined {
  if (x.layout !== 'blocked' || (`${axes}` !== '1,2' && `${axes}` !== '0,1,2')) return undefined
  const means = imageMeans(e, x.name)
  const each = axes.length === 2 ? means : e.node(operator, [means, e.ints([0])], { keepdims: { int: 1 } })
  const places = (x.shape[1] as number) * (x.shape[2] as number)
  const result = operator === 'ReduceMean' ? each : e.node('Mul', [each, e.scalar(places)])
  return outShape.length === 4 ? result : e.reshape(result, outShape)
}

/** Height and width of an image: batch and channels stay in order however it is stored. */
function isSpatial(axes: readonly number[], x: Operand): boolean {
  return x.layout === 'image' && axes.length === 2 && axes[0] === 1 && axes[1] === 2
}

/** A TensorFlow reduction of `x` over the step's axes. */
export function tfReduce(
  e: GraphEmitter,
  operation: string,
  x: TfValue,
  axes: readonly number[],
  keepDims: boolean,
): string {
  return e.typed(operation, x.dtype, [x.name, e.ints(axes)], { keep_dims: { bool: keepDims }, Tidx: { type: 'int32' } })
}
