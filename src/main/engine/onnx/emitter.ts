import { constantKey, count, type Spec } from '../step/step.js'
import type { Attributes, ElementType, OnnxNode, OnnxTensor } from './model.js'

/**
 * How a tensor of rank 4 lies in memory: `image` NHWC as NCHW, `blocked` the same with its channels in blocks (`blocked.ts`),
 * `filter` HWIO as OIHW; `plain`: as in the step.
 */
export type Layout = 'plain' | 'image' | 'blocked' | 'filter'

/** A step's value in the ONNX graph. `shape` stays in the step's order; `layout` says how it is stored. */
export interface Operand extends Spec {
  readonly name: string
  readonly layout: Layout
}

/** Numbers of a vector up to which equal ones are looked for before they are written. */
const MOST_SHARED = 64

interface NodeOptions {
  readonly outputs?: number
  readonly domain?: string
}

/** Collects ONNX nodes and constants; equal constants and equal calls made through `once` are made once. */
export class Emitter {
  readonly nodes: OnnxNode[] = []
  readonly initializers: OnnxTensor[] = []
  private readonly shared = new Map<string, string>()
  /** What a reshaped value was before: reshaped again, it is read from there. */
  private readonly unshaped = new Map<string, string>()
  private temporaries = 0

  /** `block`: channels in a block of the blocked layout; 1 if the runtime has none. */
  constructor(readonly block = 1) {}

  /** Add an operator with one output; returns the output's name. */
  node(op: string, inputs: readonly string[], attributes: Attributes = {}, domain?: string): string {
    return this.many(op, inputs, attributes, { outputs: 1, ...(domain !== undefined && { domain }) })[0] as string
  }

  /** Add an operator with several outputs. */
  many(op: string, inputs: readonly string[], attributes: Attributes, { outputs = 1, domain }: NodeOptions): string[] {
    const names = Array.from({ length: outputs }, () => `t${this.temporaries++}`)
    this.nodes.push({ op, inputs, outputs: names, attributes, ...(domain !== undefined && { domain }) })
    return names
  }

  /** The next optional output of the operator that made `name`, such as the indices of MaxPool. */
  extraOutput(name: string): string {
    return this.once(`extra output ${name}`, () => {
      const at = this.nodes.findIndex(({ outputs }) => outputs.includes(name))
      const node = this.nodes[at] as OnnxNode
      const extra = `t${this.temporaries++}`
      this.nodes[at] = { ...node, name, outputs: [...node.outputs, extra] }
      return extra
    })
  }

  /** The result of `make`, made at the first call with this key. */
  once(key: string, make: () => string): string {
    const known = this.shared.get(key)
    if (known !== undefined) return known
    const made = make()
    this.shared.set(key, made)
    return made
  }

  /** A constant; small equal ones are shared. */
  constant(type: ElementType, shape: readonly number[], data: OnnxTensor['data']): string {
    const make = () => {
      const name = `c${this.initializers.length}`
      this.initializers.push({ name, type, shape, data })
      return name
    }
    const key = constantKey(type, shape, data)
    return key === undefined ? make() : this.once(key, make)
  }

  /** The nodes that these values depend on; reshapes of reshapes leave some that nothing does. */
  nodesFor(values: readonly string[]): readonly OnnxNode[] {
    const needed = new Set(values)
    const live = this.nodes.toReversed().filter(({ inputs, outputs }) => {
      if (!outputs.some((name) => needed.has(name))) return false
      for (const name of inputs) needed.add(name)
      return true
    })
    return live.reverse()
  }

  floats(shape: readonly number[], values: readonly number[] | Float32Array): string {
    return this.constant('float32', shape, Float32Array.from(values))
  }

  /** Zeros of a shape, shared by all who ask for it. */
  zeros(shape: readonly number[]): string {
    return this.once(`zeros [${shape}]`, () => this.floats(shape, new Float32Array(count(shape))))
  }

  /** Ones of a shape, shared likewise. */
  ones(shape: readonly number[]): string {
    return this.once(`ones [${shape}]`, () => this.floats(shape, new Float32Array(count(shape)).fill(1)))
  }

  scalar(value: number): string {
    return this.floats([], [value])
  }

  /** A vector of int64, as operators take axes, shapes and offsets. */
  ints(values: readonly number[]): string {
    const make = () => this.constant('int64', [values.length], BigInt64Array.from(values, BigInt))
    return values.length > MOST_SHARED ? make() : this.once(`ints ${values}`, make)
  }

  reshape(name: string, shape: readonly number[]): string {
    const source = this.unshaped.get(name) ?? name
    const made = this.once(`reshape ${source} [${shape}]`, () => this.node('Reshape', [source, this.ints(shape)]))
    this.unshaped.set(made, source)
    return made
  }

  transpose(name: string, order: readonly number[]): string {
    return this.once(`transpose ${name} [${order}]`, () => this.node('Transpose', [name], { perm: { ints: order } }))
  }
}
