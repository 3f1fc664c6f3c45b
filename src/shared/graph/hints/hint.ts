import type { Document } from '../../document/document.js'
import type { Issue } from '../../errors.js'
import type { Layer } from '../../layers/define.js'
import type { Frame } from '../frame.js'
import type { Wiring } from '../wiring.js'
import type { FlatNode, HeadFacts, NodeFacts, ReceptiveField } from '../graph.js'

/** A net as hints look at it; layers go by their places. */
export interface Net extends Pick<Frame, 'inputs' | 'users' | 'needed'> {
  readonly document: Document
  readonly wiring: Wiring
  readonly nodes: readonly FlatNode[]
  readonly layers: readonly NodeFacts[]
  readonly heads: readonly HeadFacts[]
  /** Whether the output of some node is not used. */
  readonly hasDeadEnds: boolean
  readonly receptiveFields: ReadonlyMap<string, ReceptiveField>
}

/** What a hint says: words with the numbers of this net, what could be better, and a command where one is obvious. */
export interface Finding {
  readonly message: string
  readonly hint: string
  readonly fix?: Issue['fix']
}

/** Advice on a design that works but is seldom what one wants. */
export interface Hint {
  /** `design/…`, stable. */
  readonly code: string
  /** The layers it may be about. */
  readonly looksAt: (layer: Layer) => boolean
  /** Whether it has anything to say of a net at all. */
  readonly when?: (net: Net) => boolean
  /** Whether it is said of the first layer alone, for the whole net. */
  readonly isOnce?: true
  readonly at: (place: number, net: Net) => Finding | undefined
}

const NOBODY: readonly number[] = []

/** The layers that use a layer's output. */
export function usersOf({ users }: Net, place: number): readonly number[] {
  return users[place] ?? NOBODY
}

/** The layer that feeds the first input, if it is known. */
export function before({ inputs }: Net, place: number): number | undefined {
  const from = inputs[place]![0]
  return from === undefined || from < 0 ? undefined : from
}

/** Whether a layer is a node of the document itself: what is inside a block cannot be changed by itself. */
export function isDrawn({ id, origin }: FlatNode): boolean {
  return id === origin
}
