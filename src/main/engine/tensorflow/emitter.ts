import { constantKey, type DType, type Spec } from '../step/step.js'
import type { TfAttributes, TfConstant, TfNode } from './graph-def.js'

/** A step's value in a TensorFlow graph; it lies in memory as in the step: images NHWC, filters HWIO. */
export interface TfValue extends Spec {
  readonly name: string
}

/** A kernel call as its TensorFlow spelling sees it. */
export interface TfCall<I extends string, A> {
  readonly inputs: Readonly<Record<I, TfValue>>
  /** All inputs in order, for kernels that take a list. */
  readonly list: readonly TfValue[]
  readonly attributes: A
  readonly outputs: readonly [Spec, ...Spec[]]
}

/** Collects the operations of a graph, each named with the prefix; equal small constants are shared. */
export class GraphEmitter {
  readonly nodes: TfNode[] = []
  private readonly operations = new Map<string, string>()
  private readonly shared = new Map<string, string>()

  /** Device of the operations that are added from now on. */
  place: string | undefined

  constructor(
    private readonly prefix: string,
    place?: string,
  ) {
    this.place = place
  }

  /** Add an operation; returns the name of its first output, `further` names the others. */
  node(op: string, inputs: readonly string[], attributes: TfAttributes = {}): string {
    const name = `${this.prefix}/${this.nodes.length}`
    this.nodes.push({ name, op, inputs, attributes, ...(this.place !== undefined && { device: this.place }) })
    this.operations.set(name, op)
    return name
  }

  /** Add an operation whose values have one type, attribute `T`. */
  typed(op: string, type: DType, inputs: readonly string[], attributes: TfAttributes = {}): string {
    return this.node(op, inputs, { T: { type }, ...attributes })
  }

  /** Which operation made a value as its output number `output`; undefined if it is another output or no operation's. */
  maker(value: string, output: number): { readonly op: string; readonly name: string } | undefined {
    const [name = '', at = '0'] = value.split(':')
    const op = this.operations.get(name)
    return op !== undefined && Number(at) === output ? { op, name } : undefined
  }

  /** The result of `make`, made at the first call with this key. */
  once(key: string, make: () => string): string {
    // On every device its own: what is shared across them is sent at each run.
    const placed = `${this.place ?? ''} ${key}`
    const known = this.shared.get(placed)
    if (known !== undefined) return known
    const made = make()
    this.shared.set(placed, made)
    return made
  }

  constant(type: DType, shape: readonly number[], data: TfConstant['data']): string {
    const make = () => this.node('Const', [], { dtype: { type }, value: { tensor: { type, shape, data } } })
    const key = constantKey(type, shape, data)
    return key === undefined ? make() : this.once(key, make)
  }

  floats(shape: readonly number[], values: readonly number[]): string {
    return this.constant('float32', shape, Float32Array.from(values))
  }

  scalar(value: number): string {
    return this.floats([], [value])
  }

  /** A vector of int32, as operations take axes and shapes. */
  ints(values: readonly number[]): string {
    return this.constant('int32', [values.length], Int32Array.from(values))
  }

  /** A single int32, as operations take one axis. */
  int(value: number): string {
    return this.constant('int32', [], Int32Array.of(value))
  }

  reshape({ name, dtype }: Pick<TfValue, 'name' | 'dtype'>, shape: readonly number[]): string {
    return this.once(`reshape ${name} [${shape}]`, () =>
      this.typed('Reshape', dtype, [name, this.ints(shape)], { Tshape: { type: 'int32' } }),
    )
  }
}

/** The further output of an operation, counted from 1. */
export function further(name: string, output: number): string {
  return `${name}:${output}`
}
