import type { Fields, ValuesOf } from '../layers/fields.js'
import type { Shape } from '../layers/shapes.js'
import type { LayerExample } from '../layers/define.js'
import type { Paper } from '../papers.js'

/** An output inside the block that is being built: the path of the node that makes it. */
export type Port = string

/** What a block's `expand` builds with. */
export interface BlockBuilder {
  /** Add a layer under a name of its own in the block (`[a-z][a-z0-9_]*`); returns its output. */
  add(name: string, type: string, params: Readonly<Record<string, unknown>>, ...inputs: readonly Port[]): Port
  /** Shape on a port, if it is known so far. */
  shape(port: Port): Shape | undefined
  /** True if both ports have the same known shape. */
  fits(a: Port, b: Port): boolean
}

/** All that is known of a kind of block; everything else follows from what `expand` draws. */
export interface BlockSpec<F extends Fields> {
  readonly type: string
  readonly title: string
  readonly doc: string
  /** Where it comes from. */
  readonly source: Paper
  /** An image that it is fed in the nets that it comes from; left out: 28x28x64. */
  readonly typical?: readonly [height: number, width: number, channels: number]
  readonly params: F
  readonly summary?: (p: ValuesOf<F>) => string
  /** Build the inside from layers; returns the port of the block's one output. */
  readonly expand: (p: ValuesOf<F>, g: BlockBuilder, input: Port) => Port
  readonly examples: readonly LayerExample<ValuesOf<F>>[]
}

/** A block whose parameter type is no longer known, as the registry holds it. Every block takes one input. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Block = BlockSpec<any>

/** Declare a block. */
export function defineBlock<const F extends Fields>(spec: BlockSpec<F>): Block {
  return spec
}
