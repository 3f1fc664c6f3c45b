import { backend_util, type Conv2DAttrs } from '@tensorflow/tfjs-core'
import type { Attributes } from '../../onnx/model.js'

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

export interface Pads {
  readonly top: number
  readonly bottom: number
  readonly left: number
  readonly right: number
}

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

export interface PoolAttributes {
  readonly filterSize: [number, number] | number
  readonly strides: [number, number] | number
  readonly pad: 'valid' | 'same' | number
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

/** Pads in ONNX's order: both starts, then both ends. */
export function onnxPads({ top, bottom, left, right }: Pads): number[] {
  return [top, left, bottom, right]
}
