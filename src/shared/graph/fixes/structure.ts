import { addNode, freeId, inTurn, removeNodes } from '../../document/commands.js'
import type { Document, NodeId, Wire } from '../../document/document.js'
import { kindIn } from '../../document/kinds.js'
import { placeWords, setAt, settingPlace } from '../../document/setting-place.js'
import { canConnect, closeInputGaps, connect, disconnect } from '../../document/wires.js'
import { channelsOf, isImage } from '../../layers/shapes.js'
import { bypass } from '../bypass.js'
import { wireInto } from '../wiring.js'
import { append } from './edits.js'
import type { Proposals } from './fix.js'

/** Classes of a head where nothing says how many there are. */
const CLASSES = 10

/** A head behind the last layer whose output nobody uses. */
export const noHead: Proposals = (_issue, { expansion: { wiring, made } }) => {
  const loose = wiring.steps.filter(({ at, isUsed }) => !isUsed && made[at]?.part.shapes[0])
  return loose.slice(-1).map(({ id, at }) => {
    if (!isImage(made[at]!.part.shapes[0]!)) return { title: 'Add a head', command: append(id, ['head', {}]) }
    const command = append(id, ['global_average_pool', {}], ['dense', { units: CLASSES }], ['head', {}])
    return { title: `Add a head for ${CLASSES} classes`, command }
  })
}

/** An input in front of the first node that waits for one. */
export const noInput: Proposals = (_issue, { document, expansion }) => {
  const waiting = [...expansion.wiring.joints.values()].flatMap(({ id, kind, feeds }) =>
    kind?.inputs === 'one' && !feeds[0] ? [id] : [],
  )
  const first = waiting.sort((a, b) => document.nodes[a]!.at[0] - document.nodes[b]!.at[0])[0]
  const id = freeId(document, 'input')
  const [x, y] = first === undefined ? [0, 0] : document.nodes[first]!.at
  const add = addNode('input', [x - 240, y], id)
  return [{ title: 'Add an input', command: first === undefined ? add : inTurn(add, connect(id, first)) }]
}

/** All wires of a second input lead from the first instead. */
export const severalInputs: Proposals = ({ where: { node } }, { document }) => {
  const first = Object.keys(document.nodes).find((id) => document.nodes[id]!.type === 'input')
  if (node === undefined || first === undefined) return []
  const wires = document.wires.filter(({ from }) => from === node)
  const command = inTurn(removeNodes([node]), ...wires.map(({ to, input }) => connect(first, to, input)))
  return [
    { title: `Use ${first} instead of ${node}`, command },
    { title: `Remove ${node}`, command: removeNodes([node]) },
  ]
}

/** Nodes beside one without input that are asked whether a wire may lead from them to it. */
const NEAREST = 16

/**
 * A wire from the nearest node whose output nobody uses; for a merge also to move later wires up to its free input, or to do without
 * it.
 */
export const notConnected: Proposals = ({ where: { node, input } }, { document, expansion }) => {
  if (node === undefined) return []
  const joints = [...expansion.wiring.joints.values()]
  const given = expansion.wiring.joints.get(node)?.feeds ?? []
  const loose = joints
    .flatMap(({ id, isUsed }) => (isUsed ? [] : [id]))
    .sort((a, b) => distance(document, a, node) - distance(document, b, node))
    .slice(0, NEAREST)
  const near = loose.filter((id) => canConnect(document, id, node).ok)
  const connections = near.slice(0, 2).map((id) => ({ title: `Connect ${id}`, command: connect(id, node, input) }))
  const isMerge = kindIn(document, document.nodes[node]!.type)?.inputs === 'many'
  if (!isMerge || given.length === 0) return connections
  const out = { title: `Take out ${node}`, command: bypass(node) }
  const isGap = given.filter((feed) => feed !== undefined).length > 1
  return isGap
    ? [{ title: 'Close the gap', command: closeInputGaps(node) }, ...connections, out]
    : [...connections, out]
}

function distance(document: Document, a: NodeId, b: NodeId): number {
  const [[x1, y1], [x2, y2]] = [document.nodes[a]!.at, document.nodes[b]!.at]
  return Math.hypot(x1 - x2, y1 - y2)
}

/** Wires of a circle that are proposed at most. */
const SPARE = 6

/** One wire of a circle, which leads into a node that can do without it. */
export const circle: Proposals = ({ where: { node } }, { expansion: { wiring } }) => {
  const start = node === undefined ? undefined : wiring.joints.get(node)
  if (!start) return []
  const reached = new Set([start])
  const spare: Wire[] = []
  for (const joint of reached) {
    const wires = joint.feeds.flatMap((_, input) => wireInto(joint, input) ?? [])
    if (wires.length > 1) spare.push(...wires)
    if (spare.length >= SPARE) break
    for (const feed of joint.feeds) if (feed) reached.add(feed.from)
  }
  return spare.slice(0, SPARE).map((wire) => ({
    title: `Remove the wire from ${wire.from} to ${wire.to}`,
    command: disconnect(wire),
  }))
}

/** As many units in front of a head as the first one that chooses among classes has. */
export const classCounts: Proposals = ({ where: { node, inner } }, { document, expansion, heads }) => {
  const shape = heads.find(({ predicts }) => predicts === 'classes')?.shape
  const source = expansion.nodes.find(({ id }) => id === (inner ?? node))?.inputs[0]
  const place = source === undefined ? undefined : settingPlace(document, source, 'classes', 'units')
  if (!shape || !place) return []
  const classes = channelsOf(shape)
  return [{ title: `Set ${placeWords(place)} to ${classes}`, command: setAt(place, classes) }]
}

/** The main head counts. */
export const noWeight: Proposals = (_issue, { document, heads }) => {
  const place = heads[0] && settingPlace(document, heads[0].id, 'weight')
  return place ? [{ title: `Set the ${placeWords(place)} to 1`, command: setAt(place, 1) }] : []
}
