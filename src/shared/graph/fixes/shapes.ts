import { setParam } from '../../document/commands.js'
import { kindOf } from '../../document/kinds.js'
import { nodeOf, type Wire } from '../../document/document.js'
import { disconnect } from '../../document/wires.js'
import type { Issue } from '../../errors.js'
import { commonDivisor, reachOf } from '../../layers/geometry.js'
import { channelsOf, isImage, sizeOf, type Shape } from '../../layers/shapes.js'
import { bypass } from '../bypass.js'
import type { FlatNode } from '../graph.js'
import { insertBefore } from './edits.js'
import { shapeAt } from '../expand.js'
import type { Broken, Fix, Proposals } from './fix.js'
import { otherImage } from './image.js'

/** The drawn layer that an issue is about, with the wire into the input at fault. */
function placeOf({ where }: Issue, { document, expansion }: Broken) {
  const node = expansion.nodes.find(({ id }) => id === where.node)
  const wire = node && document.wires.find(({ to, input }) => to === node.id && input === (where.input ?? 0))
  return node && wire && { node, wire }
}

/** Too many or too few sides: pool an image, or leave a vector an image. */
export const wrongRank: Proposals = (issue, broken) => {
  const place = placeOf(issue, broken)
  if (!place) return []
  const { node, wire } = place
  if (node.layer.type === 'dense' || node.layer.family === 'head') return [pooled(wire)]
  const source = nodeOf(broken.document, wire.from)
  const makesVector = source && ['flatten', 'global_average_pool', 'global_max_pool'].includes(source.type)
  return makesVector ? [{ title: `Take out ${wire.from}`, command: bypass(wire.from) }] : []
}

/** A vector as long as the image is large, which is open: pool it, or give the image a size. */
export const openLength: Proposals = (issue, broken) => {
  const place = placeOf(issue, broken)
  return [...(place ? [pooled(place.wire)] : []), ...otherImage(issue, broken)]
}

function pooled(wire: Wire): Fix {
  return { title: 'Insert global average pooling', command: insertBefore(wire, 'global_average_pool', {}) }
}

/** Branches that do not meet. */
export const mismatch: Proposals = (issue, broken) => {
  const place = placeOf(issue, broken)
  if (!place) return []
  const { node, wire } = place
  const shapeOf = (input: number) => shapeAt(broken.expansion, node.inputs[input])
  if (node.layer.type === 'pad_channels') {
    const channels = shapeOf(0)?.at(-1)
    return channels ? [{ title: `Set channels to ${channels}`, command: setParam(node.id, 'channels', channels) }] : []
  }
  const [one, other] = [shapeOf(0), shapeOf(wire.input)]
  if (!one || !other || !isImage(one) || !isImage(other)) return []
  const first = broken.document.wires.find(({ to, input }) => to === node.id && input === 0)
  const isConcat = node.layer.type === 'concat'
  return [
    ...(isConcat ? [] : projection(wire, other, one)),
    ...onBranch(wire, other, one, broken),
    ...(isConcat ? pooling(wire, other, one) : []),
    ...border(wire, other, one),
    // The first branch may be the one that is too large.
    ...(first && !isConcat ? projection(first, one, other) : []),
    ...(first && isConcat ? pooling(first, one, other) : []),
  ]
}

/** A 1x1 convolution, strided where it must be, that gives one branch the shape of the other. */
function projection(wire: Wire, from: Shape, to: Shape): readonly Fix[] {
  const stride = strides(from, to)
  const params = stride && { filters: channelsOf(to), kernel: [1, 1], stride }
  return params ? [{ title: 'Insert a 1x1 convolution', command: insertBefore(wire, 'conv2d', params) }] : []
}

/** A pooling that makes one branch as small as the other; channels stay. */
function pooling(wire: Wire, from: Shape, to: Shape): readonly Fix[] {
  const stride = strides(from, to)
  if (!stride || stride.every((step) => step === 1)) return []
  const title = `Insert a max pool with stride ${stride[0] === stride[1] ? stride[0] : stride.join('x')}`
  return [{ title, command: insertBefore(wire, 'max_pool', { kernel: stride, stride, padding: 'same' }) }]
}

/** The strides that make one image as small as the other by padding `same`, if there are any. */
function strides(from: Shape, to: Shape): readonly [number, number] | undefined {
  const [rows, columns] = [0, 1].map((side) => strideBetween(from[side], to[side]))
  return rows !== undefined && columns !== undefined ? [rows, columns] : undefined
}

function strideBetween(from: number | null | undefined, to: number | null | undefined): number | undefined {
  if (from === to) return 1
  if (typeof from !== 'number' || typeof to !== 'number') return undefined
  const stride = Math.ceil(from / to)
  return Math.ceil(from / stride) === to ? stride : undefined
}

/** Another padding or stride of a layer on the branch itself, nearest to the merge first. */
function onBranch(wire: Wire, from: Shape, to: Shape, { document, expansion }: Broken): readonly Fix[] {
  const fixes: Fix[] = []
  for (const { id, params, layer } of lineBefore(wire.from, expansion.nodes)) {
    const window = nodeOf(document, id) && layer.window?.(params)
    if (!window) continue
    const isWide = reachOf(window, 0) * reachOf(window, 1) > 1
    if (window.padding !== 'same' && isWide) {
      fixes.push({ title: `Set padding of ${id} to same`, command: setParam(id, 'padding', 'same') })
    }
    const ratio = [0, 1].map((side) => (from[side] ?? NaN) / (to[side] ?? NaN))
    const stride = window.stride.map((step, side) => Math.max(1, Math.round(step * ratio[side]!)))
    if (stride.every(Number.isFinite) && stride.some((step, side) => step !== window.stride[side]) && isWide) {
      const text = stride[0] === stride[1] ? `${stride[0]}` : stride.join('x')
      fixes.push({ title: `Set stride of ${id} to ${text}`, command: setParam(id, 'stride', stride) })
    }
  }
  return fixes.slice(0, 4)
}

/** The drawn layers that lie in a line before a node, itself first. */
function lineBefore(id: string, nodes: readonly FlatNode[]): readonly FlatNode[] {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const line: FlatNode[] = []
  for (let node = byId.get(id); node && line.length < 8; node = byId.get(node.inputs[0] ?? '')) {
    line.push(node)
    if (node.inputs.length !== 1) break
  }
  return line
}

/** Zeros around the smaller image, or the rest of the larger one cut off, where that is a matter of a few pixels. */
function border(wire: Wire, from: Shape, to: Shape): readonly Fix[] {
  const missing = [0, 1].map((side) => (to[side] ?? NaN) - (from[side] ?? NaN))
  const few = missing.every((count) => Math.abs(count) <= 8)
  const [type, title] = missing.some((count) => count > 0)
    ? (['zero_padding', 'Insert zero padding'] as const)
    : (['cropping', 'Insert cropping'] as const)
  const sameSign = missing.every((count) => count >= 0) || missing.every((count) => count <= 0)
  const field = Object.entries(kindOf(type)?.params ?? {}).find(([, { kind }]) => kind === 'sides')?.[0]
  if (!few || !sameSign || field === undefined) return []
  const sides = missing.flatMap((count) => [Math.floor(Math.abs(count) / 2), Math.ceil(Math.abs(count) / 2)])
  return [{ title, command: insertBefore(wire, type, { [field]: sides }) }]
}

/** Padding that hides the image from its window. */
export const wrongPadding: Proposals = (issue, broken) => {
  const place = placeOf(issue, broken)
  const padding = place?.node.params['padding']
  return place && padding !== undefined && padding !== 'same'
    ? [{ title: `Set padding of ${place.node.id} to same`, command: setParam(place.node.id, 'padding', 'same') }]
    : []
}

/** A window larger than its image. */
export const tooSmall: Proposals = (issue, broken) => [...wrongPadding(issue, broken), ...otherImage(issue, broken)]

/** Groups that channels cannot be split into. */
export const wrongGroups: Proposals = (issue, broken) => {
  const place = placeOf(issue, broken)
  const channels = place && shapeAt(broken.expansion, place.node.inputs[0])?.at(-1)
  if (!place || !channels) return []
  const { filters, groups } = place.node.params
  const fitting = [filters, groups].reduce<number>(
    (all, count) => (typeof count === 'number' ? commonDivisor(all, count) : all),
    channels,
  )
  return [{ title: `Set groups to ${fitting}`, command: setParam(place.node.id, 'groups', fitting) }]
}

/** Another number of values than are asked for: channels that a reshape can make of them, or one unit for a number. */
export const wrongCount: Proposals = (issue, broken) => {
  const place = placeOf(issue, broken)
  const given = place && shapeAt(broken.expansion, place.node.inputs[0])
  if (!place || !given) return []
  const { node, wire } = place
  if (node.layer.type === 'reshape') {
    const channels = (sizeOf(given) ?? NaN) / (Number(node.params['height']) * Number(node.params['width']))
    const title = `Set channels to ${channels}`
    return Number.isInteger(channels) ? [{ title, command: setParam(node.id, 'channels', channels) }] : []
  }
  const isDense = nodeOf(broken.document, wire.from)?.type === 'dense'
  return [
    ...(isDense ? [{ title: `Set units of ${wire.from} to 1`, command: setParam(wire.from, 'units', 1) }] : []),
    { title: 'Insert a dense layer with one unit', command: insertBefore(wire, 'dense', { units: 1 }) },
  ]
}

/** Weights of other classes than there are. */
export const wrongWeights: Proposals = ({ where: { node } }) =>
  node === undefined ? [] : [{ title: 'Weigh all classes the same', command: setParam(node, 'class_weights', []) }]

/** Means and deviations of other channels than there are. */
export const wrongRange: Proposals = ({ where: { node } }) =>
  node === undefined ? [] : [{ title: 'Set range to 0 to 1', command: setParam(node, 'range', '0 to 1') }]

/** A wire too many. */
export const tooManyInputs: Proposals = (issue, broken) => {
  const wire = placeOf(issue, broken)?.wire
  return wire ? [{ title: `Remove the wire from ${wire.from}`, command: disconnect(wire) }] : []
}
