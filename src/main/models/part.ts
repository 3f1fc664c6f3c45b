import type { ExportHeads } from '../../shared/api.js'
import { AppError } from '../../shared/errors.js'
import type { Analysis, FlatNode, NodeFacts } from '../../shared/graph/graph.js'
import type { Shape } from '../../shared/layers/shapes.js'
import { rangeWords, rescalingOf, type Rescaling } from '../../shared/layers/value-range.js'

/** The part of a net that the chosen heads need, in computing order. */
export interface NetPart {
  readonly nodes: readonly FlatNode[]
  readonly facts: Readonly<Record<string, NodeFacts>>
  readonly input: { readonly id: string; readonly shape: Shape }
  /** Ids of the chosen heads, in head order. */
  readonly heads: readonly string[]
  /** Layers outside the part: only heads that were not chosen need them, or no head at all. */
  readonly unused: readonly string[]
  /** Weights in the part, moving statistics included. */
  readonly parameters: number
  readonly multiplyAdds: number
}

/** Cut a net down to the chosen heads; `graph/has-errors` if it cannot be computed, `export/unsupported` without a head. */
export function partFor(analysis: Analysis, choice: ExportHeads): NetPart {
  const errors = analysis.issues.filter((issue) => issue.severity === 'error')
  if (errors.length > 0 || !analysis.input) {
    const count = errors.length === 1 ? '1 error' : `${errors.length} errors`
    throw new AppError('graph/has-errors', `The net has ${count}.`, 'Mend them before exporting.', errors)
  }
  const heads = analysis.heads.map((head) => head.id).filter((id) => choice === 'all' || id === analysis.mainHead)
  if (heads.length === 0) {
    throw new AppError(
      'export/unsupported',
      'The net has no head.',
      'Add a Head layer: its output is what is exported.',
    )
  }
  const needed = neededBy(heads, analysis)
  const nodes = analysis.graph.nodes.filter((node) => needed.has(node.id))
  const facts = nodes.map((node) => analysis.nodes[node.id] as NodeFacts)
  return {
    nodes,
    facts: Object.fromEntries(facts.map((fact) => [fact.id, fact])),
    input: analysis.input,
    heads,
    unused: analysis.graph.nodes.filter((node) => !needed.has(node.id)).map((node) => node.id),
    parameters: facts.reduce((sum, fact) => sum + fact.parameters, 0),
    multiplyAdds: facts.reduce((sum, fact) => sum + fact.multiplyAdds, 0),
  }
}

function neededBy(heads: readonly string[], { graph }: Analysis): ReadonlySet<string> {
  const needed = new Set(heads)
  for (const node of [...graph.nodes].reverse()) {
    if (needed.has(node.id)) for (const input of node.inputs) needed.add(input)
  }
  return needed
}

/** What the input of a net computes of its pixels, if anything. */
export function rescalingAt({ params }: FlatNode): Rescaling | undefined {
  return rescalingOf(params as unknown as Parameters<typeof rescalingOf>[0])
}

/** For the metadata of files: the pixels that a model is given, and the range that it makes of them by itself. */
export function pixelsOf({ nodes, input }: NetPart): { readonly pixels: string; readonly range: string } {
  const { params } = nodes.find(({ id }) => id === input.id) as FlatNode
  return { pixels: '0 to 1', range: rangeWords(params as unknown as Parameters<typeof rangeWords>[0]) }
}
