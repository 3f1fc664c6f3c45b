import { backend_util, type Conv2DAttrs } from '@tensorflow/tfjs-core'
import type { BlockedConv } from '../../onnx/blocked.js'
import type { Attributes } from '../../onnx/model.js'
import type { GraphEmitter, TfValue } from '../../tensorflow/emitter.js'
import type { TfAttributes } from '../../tensorflow/graph-def.js'

/** How a kernel slides over an image: sizes in px, `same` padding resolved to pixels on each side. */
export interface Window {
  readonly kernel: readonly [number, number]
  readonly stride: readonly [number, number]
  readonly dilation: readonly [number, number]
  readonly pad: Pads
  /** Height and width of the result. */
  readonly out: readonly [number, number]
  readonly outShape: readonly number[]
}

/** Pixels of padding at each edge of an image. */
export interface Pads {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

/** The attributes of tfjs that say where windows lie. */
export type WindowAttributes = Pick<Conv2DAttrs, 'strides' | 'pad' | 'dimRoundingMode'> & {
  readonly dilations?: Conv2DAttrs['dilations']
}

/** The window of a convolution of an NHWC image with an HWIO filter. */
export function convWindow(
  x: readonly number[],
  filter: readonly number[],
  { strides, dilations = 1, pad, dimRoundingMode }: WindowAttributes,
): Window {
  const info = backend_util.computeConv2DInfo(
    x as [number, number, number, number],
    filter as [number, number, number, number],
    strides,
    dilations,
    pad,
    dimRoundingMode,
  )
  return fromInfo(info)
}

type PadAttribute = Conv2DAttrs['pad']

/** The attributes of a pooling as tfjs has them. */
export interface PoolAttributes {
  readonly filterSize: [number, number] | number
  readonly strides: [number, number] | number
  readonly pad: PadAttribute
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
}

/** The window of a pooling of an NHWC image. */
export function poolWindow(x: readonly number[], attributes: PoolAttributes): Window {
  const { filterSize, strides, pad, dimRoundingMode } = attributes
  return fromInfo(
    backend_util.computePool2DInfo(x as [number, number, number, number], filterSize, strides, 1, pad, dimRoundingMode),
  )
}

function fromInfo(info: backend_util.Conv2DInfo): Window {
  const { top, bottom, left, right } = info.padInfo
  return {
    kernel: [info.filterHeight, info.filterWidth],
    stride: [info.strideHeight, info.strideWidth],
    dilation: [info.dilationHeight, info.dilationWidth],
    pad: { top, bottom, left, right },
    out: [info.outHeight, info.outWidth],
    outShape: info.outShape,
  }
}

/** The window as attributes of ONNX's Conv and pooling operators. */
export function onnxWindow({ kernel, stride, pad }: Window): Attributes {
  return {
    kernel_shape: { ints: kernel },
    strides: { ints: stride },
    pads: { ints: onnxPads(pad) },
  }
}

/** The window for `onnx/blocked.ts`. */
export function blockedWindow({ kernel, stride, dilation, pad }: Window): BlockedConv {
  return { kernel, stride, dilation, pads: onnxPads(pad) }
}

/** Pads in ONNX's order: both starts, then both ends. */
export function onnxPads({ top, bottom, left, right }: Pads): number[] {
  return [top, left, bottom, right]
}

/** The window as attributes of TensorFlow's convolutions and their gradients. */
export function tfWindow({ stride, dilation, pad }: Window, { pad: wanted }: WindowAttributes): TfAttributes {
  return {
    strides: { ints: [1, ...stride, 1] },
    dilations: { ints: [1, ...dilation, 1] },
    data_format: { string: 'NHWC' },
    ...tfPadding(pad, wanted),
  }
}

/** The places of an NHWC image that a 1x1 window at its stride reads: their means over one place each, which beats a slice. */
export function tfEvery(e: GraphEmitter, { name, dtype }: TfValue, window: Window): string {
  return e.typed('AvgPool', dtype, [name], tfPoolSteps({ ...window, kernel: [1, 1] }))
}

/** The window as attributes of TensorFlow's poolings and their gradients. */
export function tfPool(x: readonly number[], attributes: PoolAttributes): TfAttributes {
  const window = poolWindow(x, attributes)
  return { ...tfPoolSteps(window), ...tfPadding(window.pad, attributes.pad) }
}

/** The same for an image that is padded already. */
export function tfPoolSteps({ kernel, stride }: Window): TfAttributes {
  return {
    ksize: { ints: [1, ...kernel, 1] },
    strides: { ints: [1, ...stride, 1] },
    data_format: { string: 'NHWC' },
    padding: { string: 'VALID' },
  }
}

/** Whether the padding is pixels on each side, which not all of TensorFlow's operations take. */
export function isExplicit({ pad }: Pick<PoolAttributes, 'pad'>): boolean {
  return pad !== 'same' && pad !== 'valid'
}

/** TensorFlow takes pixels on each side only where neither `same` nor `valid` says them. */
function tfPadding({ top, bottom, left, right }: Pads, wanted: unknown): TfAttributes {
  if (wanted === 'same' || wanted === 'valid') return { padding: { string: wanted.toUpperCase() } }
  return { padding: { string: 'EXPLICIT' }, explicit_paddings: { ints: [0, 0, top, bottom, left, right, 0, 0] } }
}
