import type { Document } from '../document/document.js'
import { kindIn, summaryOf } from '../document/kinds.js'
import type { Analysis } from '../graph/graph.js'
import { layoutGraph } from '../graph/layout.js'
import type { Family } from '../layers/define.js'
import { shapeText, type Shape } from '../layers/shapes.js'
import { framed, type Mark, type Picture } from './picture.js'
import { anchored, NODE, pathOf, routeOf, SIDES, wayOf, type Point } from './route.js'

/** A node of a picture of a net: where it stands, and what is written on it. */
interface Drawn {
  readonly id: string
  readonly at: Point
  readonly family: Family
  readonly title: string
  readonly setting: string
  readonly shape: Shape | undefined
}

interface DrawnWire {
  readonly from: string
  readonly to: string
  readonly input: number
}

/** How much of a net is drawn: boxes and wires for a small picture, or their words too. */
export type Detail = 'boxes' | 'words'

/** A document with its blocks closed, its nodes where they stand. */
export function documentPicture(document: Document, analysis: Analysis, detail: Detail): Picture {
  const nodes = Object.entries(document.nodes).map(([id, node]): Drawn => {
    const kind = kindIn(document, node.type)
    return {
      id,
      at: node.at,
      family: kind?.family ?? 'io',
      title: id,
      setting: (kind && summaryOf(node, kind, document.within?.values)) || (kind?.title ?? node.type),
      shape: analysis.origins[id]?.output,
    }
  })
  return netPicture(`The net ${document.name}`, nodes, document.wires, detail)
}

/** The inside of a node of a document, laid out as on the canvas, with what feeds it. */
export function insidePicture(title: string, analysis: Analysis, origin: string, detail: Detail): Picture {
  const inner = analysis.graph.nodes.filter((node) => node.origin === origin)
  const ids = new Set(inner.map(({ id }) => id))
  const outside = [...new Set(inner.flatMap(({ inputs }) => inputs.filter((from) => !ids.has(from))))]
  const inputs = new Map(inner.map((node) => [node.id, node.inputs]))
  const places = layoutGraph({ ids: [...outside, ...ids], inputs })
  const drawn = (id: string, family: Family, text: string, setting: string): Drawn => {
    return { id, at: places.get(id)!, family, title: text, setting, shape: analysis.nodes[id]?.output }
  }
  const nodes = [
    ...outside.map((id) => drawn(id, 'io', 'input', '')),
    ...inner.map(({ id, layer, params }) => {
      const setting = summaryOf({ type: layer.type, params }) || layer.title
      return drawn(id, layer.family, id === origin ? layer.title : id.slice(origin.length + 1), setting)
    }),
  ]
  const wires = inner.flatMap(({ id, inputs: feeds }) => feeds.map((from, input) => ({ from, to: id, input })))
  return netPicture(title, nodes, wires, detail)
}

/** Nodes and the wires between them, as the canvas draws them. */
function netPicture(title: string, nodes: readonly Drawn[], wires: readonly DrawnWire[], detail: Detail): Picture {
  const places = new Map(nodes.map(({ id, at }) => [id, at]))
  const all = nodes.map(({ at }) => at)
  const turns: Point[] = []
  const paths = wires.flatMap(({ from, to, input }) => {
    const [source, target] = [places.get(from), places.get(to)]
    if (!source || !target) return []
    const route = routeOf(source, target, input, all)
    const [out, into] = SIDES[route.kind]
    const ends = [anchored(source, out), anchored(target, into)] as const
    turns.push(...wayOf(route, ...ends))
    return [pathOf(route, ...ends)]
  })
  const corners = all.map(([x, y]) => [x + NODE.width, y + NODE.height] as const)
  const lines: Mark = { kind: 'path', look: 'wire', path: paths.join('') }
  return framed(title, [lines, ...(detail === 'boxes' ? shapes(nodes) : nodes.flatMap(labelled))], ...turns, ...all, ...corners) // prettier-ignore
}

/** One shape for all nodes of a family: a hundred small pictures stay light. */
function shapes(nodes: readonly Drawn[]): Mark[] {
  const families = new Map<Family, string>()
  for (const { at, family } of nodes) families.set(family, (families.get(family) ?? '') + outline(at))
  return [...families].map(([family, path]) => ({ kind: 'path', look: `family-${family}`, path }))
}

/** A box with round corners. */
function outline([x, y]: Point): string {
  const r = 8
  const [width, height] = [NODE.width - 2 * r, NODE.height - 2 * r]
  const turn = (dx: number, dy: number) => `a${r} ${r} 0 0 1 ${dx} ${dy}`
  return `M${x + r} ${y}h${width}${turn(r, r)}v${height}${turn(-r, r)}h${-width}${turn(-r, -r)}v${-height}${turn(r, -r)}z`
}

/** A node with its words: a bar in the colour of its family, name, setting line and shape. */
function labelled({ at: [x, y], family, title, setting, shape }: Drawn): Mark[] {
  const lines = [title, setting === title ? '' : setting, shape ? shapeText(shape) : ''].filter((text) => text !== '')
  const words = lines.map((text, row): Mark => {
    return { kind: 'words', look: row === 0 ? 'title' : 'words', x: x + 14, y: y + 20 + 17 * row, text: short(text) }
  })
  return [
    { kind: 'box', look: 'paper', x, y, ...NODE },
    { kind: 'box', look: `family-${family}`, x, y, width: 5, height: NODE.height },
    ...words,
  ]
}

/** Letters that fit on a node. */
const LETTERS = 24

function short(text: string): string {
  return text.length > LETTERS ? `${text.slice(0, LETTERS - 1)}…` : text
}
