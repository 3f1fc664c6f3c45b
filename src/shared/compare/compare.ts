import type { Document, NodeId } from '../document/document.js'
import { analyze } from '../graph/analyze.js'
import type { Analysis, OriginFacts } from '../graph/graph.js'
import type { Shape } from '../layers/shapes.js'
import { haveSameLayers } from '../templates/deviation.js'
import { matchNodes } from './match.js'
import { changesOf, isEqual, type Change } from './values.js'

/** A node that only one of two documents has. */
export interface Lone {
  readonly id: NodeId
  readonly type: string
  readonly facts: OriginFacts
}

/** A node of both documents that differs, or whose numbers do. */
export interface Changed {
  readonly id: NodeId
  /** Its id in the first document, where that is another. */
  readonly was?: NodeId
  readonly type: string
  /** Its type in the first document, where that is another. */
  readonly wasType?: string
  readonly params: readonly Change[]
  /** The nodes that feed it, where these are others: ids of their document, by input number. */
  readonly inputs?: { readonly before: readonly string[]; readonly after: readonly string[] }
  readonly shape?: { readonly before: Shape | undefined; readonly after: Shape | undefined }
  readonly parameters: Pair
  readonly multiplyAdds: Pair
}

/** A number in the first and in the second document. */
export interface Pair {
  readonly before: number
  readonly after: number
}

/** What to say of nets that differ in names, blocks or their last training only. */
export const SAME_LAYERS = 'Both compute the same: their layers, settings and wires are equal once blocks are opened.'

/** How two nets differ. Places on the canvas, names of documents and views do not count. */
export interface Comparison {
  /** True if nothing below differs. */
  readonly same: boolean
  /** True if both have the same layers once every block is opened: only names, blocks or the training differ, if anything. */
  readonly sameLayers: boolean
  readonly added: readonly Lone[]
  readonly removed: readonly Lone[]
  readonly changed: readonly Changed[]
  /** Names of own blocks that were added, removed or edited. */
  readonly blocks: readonly Change[]
  /** Settings of the last training that the documents remember. */
  readonly training: readonly Change[]
  readonly totals: {
    readonly parameters: Pair
    readonly trainable: Pair
    readonly multiplyAdds: Pair
    readonly layers: Pair
    /** Missing where one of them is not known. */
    readonly depth?: Pair
  }
}

/** Compare two documents node by node, with what the differences cost. Pure; never throws. */
export function compareDocuments(before: Document, after: Document): Comparison {
  const [one, other] = [analyze(before), analyze(after)]
  const matched = matchNodes(before, after)
  const kept = new Set(matched.values())
  const lone = (document: Document, { origins }: Analysis, ids: readonly NodeId[]): readonly Lone[] =>
    ids.map((id) => ({ id, type: document.nodes[id]!.type, facts: origins[id]! }))
  const sides = { before, after, one, other, matched }
  const comparison = {
    added: lone(
      after,
      other,
      Object.keys(after.nodes).filter((id) => !matched.has(id)),
    ),
    removed: lone(
      before,
      one,
      Object.keys(before.nodes).filter((id) => !kept.has(id)),
    ),
    changed: [...matched].flatMap(([id, was]) => changeOf(id, was, sides) ?? []),
    blocks: changesOf(before.blocks, after.blocks).map(({ name, ...change }) => ({
      name,
      ...('before' in change && { before: 'there' }),
      ...('after' in change && { after: 'before' in change ? 'edited' : 'there' }),
    })),
    training: changesOf(before.training, after.training),
  }
  const same = Object.values(comparison).every((list) => list.length === 0)
  // Of what keeps a net from working not all is known.
  const isSound = [one, other].every(({ issues }) => issues.every(({ severity }) => severity !== 'error'))
  const sameLayers = isSound && haveSameLayers(one, other)
  return { same, sameLayers, ...comparison, totals: totalsOf(one, other) }
}

interface Both {
  readonly before: Document
  readonly after: Document
  readonly one: Analysis
  readonly other: Analysis
  readonly matched: ReadonlyMap<NodeId, NodeId>
}

function changeOf(id: NodeId, was: NodeId, { before, after, one, other, matched }: Both): Changed | undefined {
  const [old, now] = [one.origins[was]!, other.origins[id]!]
  const [oldNode, node] = [before.nodes[was]!, after.nodes[id]!]
  const retyped = oldNode.type !== node.type
  const params = changesOf(oldNode.params, node.params)
  const inputs = { before: sourcesOf(before, was), after: sourcesOf(after, id) }
  const moved = !isEqual(
    inputs.before,
    inputs.after.map((from) => sourceBefore(from, matched)),
  )
  const reshaped = !isEqual(old.output, now.output)
  const counts = old.parameters !== now.parameters || old.multiplyAdds !== now.multiplyAdds
  if (id === was && !retyped && params.length === 0 && !moved && !reshaped && !counts) return undefined
  return {
    id,
    ...(id !== was && { was }),
    type: node.type,
    ...(retyped && { wasType: oldNode.type }),
    params,
    ...(moved && { inputs }),
    ...(reshaped && { shape: { before: old.output, after: now.output } }),
    parameters: { before: old.parameters, after: now.parameters },
    multiplyAdds: { before: old.multiplyAdds, after: now.multiplyAdds },
  }
}

/** What feeds a node, by input number: `conv`, `block:1` for another output than the first, nothing for a gap. */
function sourcesOf({ wires }: Document, id: NodeId): readonly string[] {
  const sources: string[] = []
  for (const wire of wires) {
    if (wire.to === id) sources[wire.input] = wire.output ? `${wire.from}:${wire.output}` : wire.from
  }
  return Array.from(sources, (source) => source ?? '')
}

function sourceBefore(source: string, matched: ReadonlyMap<NodeId, NodeId>): string {
  const [id, output] = source.split(':') as [string, string?]
  const was = matched.get(id) ?? `new ${id}`
  return output === undefined || id === '' ? (id === '' ? '' : was) : `${was}:${output}`
}

function totalsOf(one: Analysis, other: Analysis): Comparison['totals'] {
  const pair = (of: (analysis: Analysis) => number): Pair => ({ before: of(one), after: of(other) })
  return {
    parameters: pair(({ parameters }) => parameters.total),
    trainable: pair(({ parameters }) => parameters.trainable),
    multiplyAdds: pair(({ multiplyAdds }) => multiplyAdds),
    layers: pair(({ graph }) => graph.nodes.length),
    ...(one.heads[0]?.depth && other.heads[0]?.depth && { depth: pair(({ heads }) => heads[0]!.depth!.longest) }),
  }
}
