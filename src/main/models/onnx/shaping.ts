import { AppError } from '../../../shared/errors.js'
import type { Sides } from '../../../shared/layers/fields.js'
import { channelsOf, isImage, type Shape } from '../../../shared/layers/shapes.js'
import type { LayerCall } from './builder.js'
import { only, type Emitter, type OperatorList } from './builder.js'

const END = 2 ** 31 - 1

/** Zeros around an image. */
export const zeroPadding: Emitter = (list, call) => {
  const { id, params } = call.node
  const [top, bottom, left, right] = params['pads'] as Sides
  return list.node('Pad', [only(call), list.sizes(`${id}:pads`, [0, 0, top, left, 0, 0, bottom, right])], id)
}

/** Slice of rows and columns, counted from both ends, so that the size may be open. */
export const cropping: Emitter = (list, call) => {
  const { id, params } = call.node
  const [top, bottom, left, right] = params['crop'] as Sides
  const starts = list.sizes(`${id}:starts`, [top, left])
  const ends = list.sizes(`${id}:ends`, [-bottom || END, -right || END])
  return list.node('Slice', [only(call), starts, ends, list.sizes(`${id}:axes`, [2, 3])], id)
}

/** Reshape in the order height, width, channels. */
export const reshape: Emitter = (list, call) => {
  const { id, params } = call.node
  const x = isImage(call.facts.inputs[0] as Shape)
    ? list.node('Transpose', [only(call)], `${id}:nhwc`, { perm: { ints: [0, 2, 3, 1] } })
    : only(call)
  const target = [0, ...['height', 'width', 'channels'].map((name) => params[name] as number)]
  const shaped = list.node('Reshape', [x, list.sizes(`${id}:target`, target)], `${id}:shaped`)
  return list.node('Transpose', [shaped], id, { perm: { ints: [0, 3, 1, 2] } })
}

/** Transpose of height, width and channels. */
export const permute: Emitter = (list, call) => {
  const { id, layer, params } = call.node
  const [, order] = layer.pytorch(params, call.facts.inputs) as [string, number[]]
  return list.node('Transpose', [only(call)], id, { perm: { ints: order } })
}

/** Groups and their channels exchanged; the places stay as they are, whatever their number. */
export const channelShuffle: Emitter = (list, call) => {
  const { id, params } = call.node
  const groups = params['groups'] as number
  const each = channelsOf(call.facts.inputs[0] as Shape) / groups
  const split = list.node('Reshape', [only(call), list.sizes(`${id}:groups`, [0, groups, each, -1])], `${id}:split`)
  const dealt = list.node('Transpose', [split], `${id}:dealt`, { perm: { ints: [0, 2, 1, 3] } })
  return list.node('Reshape', [dealt, list.node('Shape', [only(call)], `${id}:shape`)], id)
}

/** Resize by whole factors. */
export const upsampling: Emitter = (list, call) => {
  const { id, params } = call.node
  const scales = { shape: [4], data: Float32Array.of(1, 1, ...(params['factor'] as [number, number])) }
  const inputs = [only(call), '', list.constant(`${id}:scales`, scales)]
  if (params['interpolation'] === 'bilinear') return list.node('Resize', inputs, id, BILINEAR)
  return list.node('Resize', inputs, id, {
    mode: { string: 'nearest' },
    coordinate_transformation_mode: { string: 'asymmetric' },
    nearest_mode: { string: 'floor' },
  })
}

const BILINEAR = { mode: { string: 'linear' }, coordinate_transformation_mode: { string: 'half_pixel' } } as const

/** Resize to a fixed height and width; nearest by the numbers of the pixels, in whole numbers, so that nothing is rounded. */
export const resize: Emitter = (list, call) => {
  const { id, params } = call.node
  const [height, width] = [params['height'] as number, params['width'] as number]
  if (params['interpolation'] === 'nearest')
    return nearest(list, nearest(list, only(call), `${id}:rows`, 2, height), id, 3, width)
  const outer = list.node('Shape', [only(call)], `${id}:outer`, { start: { int: 0 }, end: { int: 2 } })
  const sizes = list.node('Concat', [outer, list.sizes(`${id}:size`, [height, width])], `${id}:sizes`, {
    axis: { int: 0 },
  })
  return list.node('Resize', [only(call), '', '', sizes], id, BILINEAR)
}

/** Pixel floor((2 i + 1) size / (2 to)) along an axis whose size may be open. */
function nearest(list: OperatorList, x: string, id: string, axis: number, to: number): string {
  const size = list.node('Shape', [x], `${id}:length${axis}`, { start: { int: axis }, end: { int: axis + 1 } })
  const odd = list.sizes(
    `${id}:odd${axis}`,
    Array.from({ length: to }, (_, i) => 2 * i + 1),
  )
  const scaled = list.node('Mul', [odd, size], `${id}:scaled${axis}`)
  const pixels = list.node('Div', [scaled, list.sizes(`${id}:divisor${axis}`, [2 * to])], `${id}:pixels${axis}`)
  return list.node('Gather', [x, pixels], id, { axis: { int: axis } })
}

/** A pooling where the windows come out even, else two products with the shares of each pixel; `export/unsupported` for open sizes. */
export const adaptiveAveragePool: Emitter = (list, call) => {
  const size = call.node.params['size'] as readonly [number, number]
  const { id } = call.node
  const [height, width] = call.facts.inputs[0] as Shape
  if (size[0] * size[1] === 1) return list.node('GlobalAveragePool', [only(call)], id)
  if (typeof height !== 'number' || typeof width !== 'number') throw openSize(call)
  const kernel = [height / size[0], width / size[1]]
  if (kernel.every(Number.isInteger)) {
    return list.node('AveragePool', [only(call)], id, { kernel_shape: { ints: kernel }, strides: { ints: kernel } })
  }
  const rows = list.constant(`${id}:rows`, { shape: [size[0], height], data: shares(height, size[0], false) })
  const columns = list.constant(`${id}:columns`, { shape: [width, size[1]], data: shares(width, size[1], true) })
  return list.node('MatMul', [list.node('MatMul', [rows, only(call)], `${id}:lines`), columns], id)
}

/** What window i of `to` takes of each of `from` pixels, as a matrix [to, from], or [from, to] if transposed. */
function shares(from: number, to: number, transposed: boolean): Float32Array {
  const matrix = new Float32Array(from * to)
  for (let i = 0; i < to; i++) {
    const [start, end] = [Math.floor((i * from) / to), Math.ceil(((i + 1) * from) / to)]
    for (let at = start; at < end; at++) matrix[transposed ? at * to + i : i * from + at] = 1 / (end - start)
  }
  return matrix
}

function openSize({ node }: LayerCall): AppError {
  return new AppError(
    'export/unsupported',
    `ONNX cannot divide images of any size into the windows of ${node.id}.`,
    'Give the input a fixed size, or use one window or global average pooling.',
  )
}

/** The window in the middle, wherever that is: its start is worked out from the size, which may be open. */
export const centreCrop: Emitter = (list, call) => {
  const { id, params } = call.node
  const window = list.sizes(`${id}:window`, [params['height'] as number, params['width'] as number])
  const size = list.node('Shape', [only(call)], `${id}:size`, { start: { int: 2 }, end: { int: 4 } })
  const spare = list.node('Sub', [size, window], `${id}:spare`)
  const starts = list.node('Div', [spare, list.sizes(`${id}:two`, [2])], `${id}:starts`)
  const ends = list.node('Add', [starts, window], `${id}:ends`)
  return list.node('Slice', [only(call), starts, ends, list.sizes(`${id}:axes`, [2, 3])], id)
}
