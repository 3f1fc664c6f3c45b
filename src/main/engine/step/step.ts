/** Element types of a step's values. */
export type DType = 'float32' | 'int32' | 'bool'

/** Shape and element type of a value, in tfjs's layout: images NHWC, convolution kernels HWIO. */
export interface Spec {
  readonly shape: readonly number[]
  readonly dtype: DType
}

/** Number of a value in its step. */
export type ValueId = number

/** One kernel call. Inputs are by the kernel's own names; a list of tensors has the names `0`, `1`, … */
export interface StepNode {
  readonly kernel: string
  readonly inputs: Readonly<Record<string, ValueId>>
  readonly attributes: Readonly<Record<string, unknown>>
  readonly outputs: readonly ValueId[]
  /** The layer it belongs to, for messages. */
  readonly origin: string
}

/** A value known when the step was made. */
export interface Constant {
  readonly value: ValueId
  readonly data: Float32Array | Int32Array | Uint8Array
}

/** A value that is fed or fetched under a name. */
export interface Port {
  readonly name: string
  readonly value: ValueId
}

/** A tensor that lives from step to step; `next` is its new value, if the step changes it. */
export interface StatePort extends Port {
  readonly next?: ValueId
}

/** A training, evaluation or prediction step as a flat list of kernels in an order that can be computed. */
export interface Step {
  readonly values: ReadonlyMap<ValueId, Spec>
  readonly constants: readonly Constant[]
  readonly inputs: readonly Port[]
  readonly state: readonly StatePort[]
  readonly nodes: readonly StepNode[]
  readonly outputs: readonly Port[]
}

/** Shape and type of a value; a missing one is a fault of the engine. */
export function specOf(step: Step, value: ValueId): Spec {
  const spec = step.values.get(value)
  if (spec === undefined) throw new Error(`The step has no value ${value}.`)
  return spec
}

/** Values of a constant up to which it is looked for among the others. */
const MOST_COMPARED = 64

/** A text that is the same for constants of the same bits (0 and -0 are equal, but not the same); `undefined` for large ones. */
export function constantKey(
  type: string,
  shape: readonly number[],
  data: Constant['data'] | BigInt64Array,
): string | undefined {
  if (data.length > MOST_COMPARED) return undefined
  const bits = data instanceof Float32Array ? new Uint32Array(data.buffer, data.byteOffset, data.length) : data
  return `constant ${type} [${shape}] ${bits}`
}

/** Values in a tensor of this shape. */
export function count(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1)
}
