import { expect, it } from 'vitest'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templates } from '../../../src/shared/templates/index.js'
import { toFlowEdges, toFlowNodes, type FlowEdge } from '../../../src/renderer/canvas/flow.js'
import { boxAt, labelWidth } from '../../../src/renderer/canvas/labels.js'
import { anchored, NODE, pathOf, SIDES, type Point } from '../../../src/shared/pictures/route.js'
import { blockScene, documentScene, type Scene } from '../../../src/renderer/canvas/scene.js'
import { analysisOf } from '../../../src/renderer/stores/analysis.js'
import { placesOf } from '../../../src/renderer/stores/arrange.js'
import { moveNodes } from '../../../src/shared/document/commands.js'
import { pointsOf } from '../../shared/pictures/path-points.js'

/** Templates in which every wire that leaves its row has room for its shape. */
const ROOMY = new Set(['inception-mini', 'googlenet', 'resnet-18', 'vgg-16', 'cifar-resnet-20'])
const NOTHING = { nodes: new Set<string>(), wires: new Set<string>() }

it.each(templates.map((template) => [template.name, template] as const))(
  'labels of %s lie on their wire and over nothing else: as drawn, as arranged, and inside its blocks',
  (name, template) => {
    const drawn = buildTemplate(template)
    let [labels, wires] = [0, 0]
    for (const document of [drawn, moveNodes(placesOf(drawn))(drawn)]) {
      const analysis = analysisOf(document)
      const inside = Object.keys(document.nodes).flatMap((id) => blockScene(document, analysis, id) ?? [])
      for (const scene of [documentScene(document, analysis), ...inside]) {
        const seen = lookAt(scene)
        expect(seen.struck).toEqual([])
        if (ROOMY.has(name)) expect(seen.bare).toEqual([])
        labels += seen.labels
        wires += scene.wires.length
      }
    }
    console.log(`cases=${labels} of ${wires} wires`)
  },
)

/** Labels of a picture, those that something else runs through, and long wires without a label. */
function lookAt(scene: Scene) {
  const nodes = toFlowNodes(scene, NOTHING.nodes, [])
  const edges = toFlowEdges(scene, nodes, NOTHING, [])
  const places = new Map(nodes.map(({ id, position: { x, y } }) => [id, [x, y] as Point]))
  const paths = edges.map((edge) => pointsOf(drawnPath(edge, places)))
  const extents = paths.map(around)
  const labelled = edges.filter((edge) => edge.data?.labelAt)
  const struck = labelled.flatMap((edge) => {
    const box = boxAt(edge.data!.labelAt!, labelWidth(edge.data!.label))
    const crossing = edges.filter((other, at) => {
      return other.source !== edge.source && overlaps(extents[at]!, box) && meets(paths[at]!, box)
    })
    const covered = [...places].filter(([, place]) => overlaps(boxOfNode(place), box))
    const same = labelled.filter((other) => {
      return other !== edge && overlaps(boxAt(other.data!.labelAt!, labelWidth(other.data!.label)), box)
    })
    return [...crossing, ...same].map((other) => `${edge.id} by ${other.id}`).concat(covered.map(([id]) => id))
  })
  const bare = edges.filter((edge) => edge.data!.route.kind !== 'straight' && !edge.data!.labelAt && edge.data!.label)
  return { labels: labelled.length, struck, bare: bare.map((edge) => edge.id) }
}

type Box = ReturnType<typeof boxAt>

function drawnPath({ source, target, data }: FlowEdge, places: ReadonlyMap<string, Point>): string {
  const { route } = data!
  const [out, into] = SIDES[route.kind]
  return pathOf(route, anchored(places.get(source)!, out), anchored(places.get(target)!, into))
}

function boxOfNode([left, top]: Point): Box {
  return { left, top, right: left + NODE.width, bottom: top + NODE.height }
}

function overlaps(a: Box, b: Box): boolean {
  return a.left < b.right && a.right > b.left && a.top < b.bottom && a.bottom > b.top
}

/** The box around points, with some room: a line may be level or upright. */
function around(points: readonly Point[]): Box {
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)]
  return {
    left: Math.min(...xs) - 1,
    right: Math.max(...xs) + 1,
    top: Math.min(...ys) - 1,
    bottom: Math.max(...ys) + 1,
  }
}

/** True if a line through points runs through a box; its pieces are level, upright or short. */
function meets(points: readonly Point[], box: Box): boolean {
  return points.slice(1).some(([x, y], i) => {
    const [x0, y0] = points[i]!
    const piece = { left: Math.min(x, x0), right: Math.max(x, x0), top: Math.min(y, y0), bottom: Math.max(y, y0) }
    return piece.left <= box.right && piece.right >= box.left && piece.top <= box.bottom && piece.bottom >= box.top
  })
}
