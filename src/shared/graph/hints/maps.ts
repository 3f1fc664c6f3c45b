import { setParam } from '../../document/commands.js'
import { reachOf } from '../../layers/geometry.js'
import { isImage, shapeText, type Shape } from '../../layers/shapes.js'
import { bypass } from '../bypass.js'
import { before, isDrawn, usersOf, type Hint, type Net } from './hint.js'
import { tapsOf } from '../padding-share.js'

/** Maps of an auxiliary head smaller than this have little to say about where things are. */
const LEAST_MAP = 4

function mapsOf(net: Net, place: number): readonly [input: readonly number[], output: readonly number[]] | undefined {
  const { inputs, output } = net.layers[place]!
  const isKnown = (shape: Shape | undefined): shape is readonly number[] =>
    shape !== undefined && isImage(shape) && !shape.includes(null)
  return isKnown(inputs[0]) && isKnown(output) ? [inputs[0], output] : undefined
}

/** Parts of a kernel that only ever see padding are not learned. */
export const kernelOverMap: Hint = {
  code: 'design/kernel-over-map',
  looksAt: ({ family }) => family === 'conv',
  at: (place, net) => {
    const node = net.nodes[place]!
    const window = node.layer.window?.(node.params)
    if (!window || window.kernel[0] * window.kernel[1] === 1) return undefined
    const maps = mapsOf(net, place)
    // A map of the size of the kernel or larger meets all of it.
    if (!maps || (maps[0][0]! >= reachOf(window, 0) && maps[0][1]! >= reachOf(window, 1))) return undefined
    const [rows, columns] = ([0, 1] as const).map(
      (side) => tapsOf(window, side, maps[0][side]!, maps[1][side]!).filter((hits) => hits > 0).length,
    )
    const [all, used] = [window.kernel[0] * window.kernel[1], rows! * columns!]
    if (used === all) return undefined
    const map = shapeText(maps[0].slice(0, 2))
    const message = `Only ${used} of the ${all} values of each kernel of ${node.id} ever meet a pixel: its map is ${map}.`
    const isPoint = maps[0][0] === 1 && maps[0][1] === 1 && isDrawn(node) && window.padding === 'same'
    const fix = isPoint && { title: 'Set kernel to 1x1', command: setParam(node.id, 'kernel', [1, 1]) }
    return { message, hint: 'Use larger images, fewer strides before it, or a smaller kernel.', ...(fix && { fix }) }
  },
}

/** A map of one pixel has nothing left to pool. */
export const poolOfOnePixel: Hint = {
  code: 'design/pool-of-one-pixel',
  looksAt: ({ family, window }) => family === 'pool' && window !== undefined,
  at: (place, net) => {
    const maps = mapsOf(net, place)
    if (maps?.[0][0] !== 1 || maps[0][1] !== 1) return undefined
    const node = net.nodes[place]!
    const message = `${node.id} pools a map of 1x1 pixel: nothing is left to pool.`
    const fix = isDrawn(node) && { title: `Take out ${node.id}`, command: bypass(node.id) }
    return { message, hint: 'Use larger images or fewer strides before it, or take it out.', ...(fix && { fix }) }
  },
}

/** Pixels between windows that no window covers. */
export const skippedPixels: Hint = {
  code: 'design/skipped-pixels',
  looksAt: ({ window }) => window !== undefined,
  at: (place, net) => {
    const node = net.nodes[place]!
    const window = node.layer.window?.(node.params)
    if (!window || window.kernel[0] * window.kernel[1] === 1) return undefined
    const side = ([0, 1] as const).find((at) => window.stride[at] > reachOf(window, at))
    if (side === undefined) return undefined
    const [reach, stride] = [reachOf(window, side), window.stride[side]]
    const what = side === 0 ? 'rows' : 'columns'
    const message = `${node.id} steps ${stride} ${what} with a window of ${reach}: ${stride - reach} of ${stride} ${what} are never seen.`
    return { message, hint: 'Use a stride that is at most as large as the window.' }
  },
}

/** Places that see a small part of the image, averaged, know textures but no shapes. */
export const shortSight: Hint = {
  code: 'design/receptive-field',
  looksAt: ({ type }) => type.startsWith('global_'),
  at: (place, net) => {
    const node = net.nodes[place]!
    const field = net.receptiveFields.get(node.inputs[0] ?? '')
    const image = net.layers.find(({ type }) => type === 'input')?.output
    if (!field || field === 'all' || !image || !usersOf(net, place).some((user) => leadsToHead(net, user)))
      return undefined
    const short = field.some(({ size }, side) => size < (image[side] ?? 0) / 2)
    if (!short) return undefined
    const sees = field.map(({ size }) => size).join('x')
    const message = `Each place in front of ${node.id} sees ${sees} px of the ${shapeText(image.slice(0, 2))} image, so no unit sees a whole object.`
    return { message, hint: 'Add strides, pooling, dilation or more layers before it, or use flatten instead.' }
  },
}

/** Whether only layers on vectors lie between a layer and a head, in a line. */
function leadsToHead(net: Net, place: number): boolean {
  let at: number | undefined = place
  while (at !== undefined && net.nodes[at]!.layer.family !== 'head') {
    const users: readonly number[] = usersOf(net, at)
    at = users.length === 1 && net.layers[at]!.output?.length === 1 ? users[0] : undefined
  }
  return at !== undefined
}

/** An auxiliary head so late that its map is as good as pooled already. */
export const lateAuxiliary: Hint = {
  code: 'design/auxiliary-map',
  looksAt: ({ family }) => family === 'head',
  at: (place, net) => {
    const { id } = net.nodes[place]!
    if (id === net.heads[0]?.id) return undefined
    let at = before(net, place)
    while (at !== undefined && usersOf(net, at).length < 2) at = before(net, at)
    const map = at === undefined ? undefined : net.layers[at]!.output
    if (at === undefined || !map || !isImage(map)) return undefined
    const [height, width] = [map[0] ?? LEAST_MAP, map[1] ?? LEAST_MAP]
    if (Math.min(height, width) >= LEAST_MAP) return undefined
    const message = `${id} branches off at ${net.nodes[at]!.id}, where the map is ${height}x${width}: it trains little before the main head does.`
    return { message, hint: 'Branch the auxiliary head off earlier, where the map is 4x4 or larger.' }
  },
}
