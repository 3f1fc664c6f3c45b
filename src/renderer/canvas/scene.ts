import type { Document } from '../../shared/document/document.js'
import { kindIn, kindOf, summaryOf, type Kind } from '../../shared/document/kinds.js'
import type { Issue } from '../../shared/errors.js'
import { openShape } from '../../shared/graph/any-size/any-size.js'
import { shapeOut, type Analysis, type FlatNode } from '../../shared/graph/graph.js'
import { portKey } from '../../shared/graph/own-block.js'
import { layoutGraph } from '../../shared/graph/layout.js'
import type { Shape } from '../../shared/layers/shapes.js'
import { nodeTitle } from '../catalogue/names.js'
import { withTimes } from '../ui/format.js'

/** What one node of the picture shows: plain values, so that equal ones need no new drawing. */
export interface SceneNode {
  readonly id: string
  readonly type: string
  readonly title: string
  readonly at: readonly [number, number]
  readonly summary: string
  readonly shape: Shape | undefined
  /** For a shape with open sides: what they are of the image's height H and width W, `H/4×W/4×64`. */
  readonly open?: string
  readonly parameters: number | undefined
  /** First problem here: errors before warnings. */
  readonly issue: Pick<Issue, 'severity' | 'message'> | undefined
  readonly inputs: 'none' | 'one' | 'many'
  readonly output: boolean
  /** Names of the ports of an own block; nothing else has several that differ. */
  readonly ports: Kind['ports']
  readonly openable: boolean
}

export interface SceneWire {
  readonly key: string
  readonly from: string
  readonly to: string
  /** 0-based. */
  readonly input: number
  /** Which output of `from`, 0-based. */
  readonly output: number
  readonly shape: Shape | undefined
  /** For a shape with open sides: what they are of the image's height H and width W, `H/4×W/4×64`. */
  readonly open?: string
}

/** The picture that the canvas draws: a document, or the inside of one of its blocks. */
export interface Scene {
  readonly nodes: readonly SceneNode[]
  readonly wires: readonly SceneWire[]
  /** Documents and own blocks can be edited, built-in blocks cannot. */
  readonly editable: boolean
}

/** The picture of a document with its blocks closed. */
export function documentScene(document: Document, analysis: Analysis): Scene {
  const worst = worstIssues(analysis.issues)
  const nodes = Object.entries(document.nodes).map(([id, { type, params, at }]): SceneNode => {
    const kind = kindIn(document, type)
    const facts = analysis.origins[id]
    return {
      id,
      type,
      title: nodeTitle(id, type),
      at,
      summary: kind ? withTimes(summaryOf({ type, params }, kind, document.within?.values)) : `Unknown type ${type}`,
      shape: facts?.output,
      ...openWords(analysis, analysis.graph.outputs[id], facts?.output),
      parameters: facts?.output && facts.parameters,
      issue: worst.get(id),
      inputs: kind?.inputs ?? 'many',
      output: kind?.hasOutput ?? true,
      ports: kind?.ports,
      openable: kind?.isBlock ?? false,
    }
  })
  const wires = document.wires.map(({ from, to, input, output = 0 }) => ({
    key: `${to}:${input}`,
    from,
    to,
    input,
    output,
    shape: shapeOut(analysis.origins[from], output),
    ...openWords(analysis, analysis.graph.outputs[portKey(from, output)], shapeOut(analysis.origins[from], output)),
  }))
  return { nodes, wires, editable: true }
}

/** The picture of the inside of a block, laid out, with what goes in and comes out; `undefined` if it has none. */
export function blockScene(document: Document, analysis: Analysis, id: string): Scene | undefined {
  const inner = analysis.graph.nodes.filter((node) => node.origin === id)
  const type = document.nodes[id]?.type
  if (type === undefined || !kindOf(type)?.isBlock || inner.length === 0) return undefined
  const outside = [...new Set(inner.flatMap((node) => node.inputs))].filter((from) => !inner.some((n) => n.id === from))
  const ids = [...outside, ...inner.map((node) => node.id)]
  const places = layoutGraph({ ids, inputs: new Map(inner.map((node) => [node.id, node.inputs])) })
  const at = (node: string) => places.get(node) ?? ([0, 0] as const)
  const wires = inner.flatMap((node) =>
    node.inputs.map((from, input) => ({
      key: `${node.id}:${input}`,
      from,
      to: node.id,
      input,
      output: 0,
      shape: outputOf(analysis, from),
      ...openWords(analysis, from, outputOf(analysis, from)),
    })),
  )
  return {
    nodes: [
      ...outside.map((from) => portNode(from, analysis, at(from))),
      ...inner.map((node) => innerNode(node, id, analysis, at(node.id))),
    ],
    wires,
    editable: false,
  }
}

function innerNode(node: FlatNode, block: string, analysis: Analysis, at: SceneNode['at']): SceneNode {
  const { type } = node.layer
  const name = node.id.startsWith(`${block}/`) ? node.id.slice(block.length + 1) : node.id
  const facts = analysis.nodes[node.id]
  return {
    id: node.id,
    type,
    title: nodeTitle(name, type),
    at,
    summary: withTimes(summaryOf({ type, params: node.params })),
    shape: facts?.output,
    ...openWords(analysis, node.id, facts?.output),
    parameters: facts?.output && facts.parameters,
    issue: analysis.issues.find((issue) => issue.where.inner === node.id),
    inputs: node.layer.inputs,
    output: true,
    ports: undefined,
    openable: false,
  }
}

/** What feeds the block from outside, as one quiet node. */
function portNode(from: string, analysis: Analysis, at: SceneNode['at']): SceneNode {
  const shape = outputOf(analysis, from)
  return {
    id: from,
    type: 'input',
    title: 'Block input',
    at,
    summary: `from ${from.split('/')[0] ?? from}`,
    shape,
    ...openWords(analysis, from, shape),
    parameters: undefined,
    issue: undefined,
    inputs: 'none',
    output: true,
    ports: undefined,
    openable: false,
  }
}

function openWords({ anySize }: Analysis, path: string | undefined, shape: Shape | undefined) {
  const open = anySize && path !== undefined && shape && openShape(anySize, path, shape)
  return open ? { open: open.join('×') } : {}
}

function outputOf(analysis: Analysis, from: string): Shape | undefined {
  return analysis.nodes[from]?.output
}

function worstIssues(issues: readonly Issue[]): Map<string, Issue> {
  const worst = new Map<string, Issue>()
  for (const issue of issues) {
    const { node } = issue.where
    if (node === undefined) continue
    const known = worst.get(node)
    if (!known || (known.severity === 'warning' && issue.severity === 'error')) worst.set(node, issue)
  }
  return worst
}
