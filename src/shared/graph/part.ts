import type { Port } from '../blocks/define.js'
import type { Issue } from '../errors.js'
import type { Misfit, Shape } from '../layers/shapes.js'
import type { PartFacts } from './facts.js'
import type { FlatNode } from './graph.js'

/** What one node of the document becomes when it is opened: its layers with their shapes, and its own problems. */
export interface Part {
  readonly nodes: readonly FlatNode[]
  /** For each layer where its inputs come from: a layer of the part by its number, or `fromInput` of the part. */
  readonly sources: readonly (readonly number[])[]
  readonly misfits: ReadonlyMap<string, Misfit>
  /** Path of the layer that makes each output; own blocks may have several, and leave one unmade. */
  readonly outputs: readonly (Port | undefined)[]
  /** Where the outputs come from, as in `sources`. */
  readonly ends: readonly number[]
  /** Shapes of the outputs. */
  readonly shapes: readonly (Shape | undefined)[]
  /** Layers and blocks that were opened for it, if it is an own block. */
  readonly opened: number
  readonly facts: PartFacts
  readonly issues: readonly Issue[]
  /** What passes over nets found last for it, by the number of the pass: nothing that could not be found again. */
  readonly memory: unknown[]
}

/** Number of an input of a part among sources, where those from 0 on are its layers; its own inverse. */
export function fromInput(input: number): number {
  return -1 - input
}

/** The source of what is not known. */
export const NOWHERE = fromInput(Number.MAX_SAFE_INTEGER - 1)

/** Place of a source in the net: of a part's own layer, or of what feeds the part; -1 for what is not known. */
export function placeOf(source: number, start: number, ports: readonly number[]): number {
  return source >= 0 ? start + source : (ports[fromInput(source)] ?? -1)
}
