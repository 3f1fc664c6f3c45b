import type { Activation } from '../kernels/activation.js'
import type { Emitter, Operand } from './emitter.js'
import type { Attributes } from './model.js'

/**
 * Images whose channels lie in blocks: [batch, channels / block, height, width, block], written with the shape NCHW. They
 * are what ONNX Runtime's fastest convolutions on processors read and write; its optimizer puts those in where weights are
 * constants. Ours change at every step, so they are put in here. `Emitter.block` is the size of a block, 1 where the runtime
 * has no such operators.
 */
const DOMAIN = 'com.microsoft.nchwc'

/** How a blocked convolution slides, and what it adds: a bias [channels], a blocked image, and an activation at last. */
export interface BlockedConv {
  readonly kernel: readonly number[]
  readonly stride?: readonly number[]
  readonly dilation?: readonly number[]
  /** In ONNX's order: both starts, then both ends. */
  readonly pads?: readonly number[]
  readonly groups?: number
  readonly bias?: string
  readonly sum?: string | undefined
  readonly activation?: keyof typeof ACTIVATIONS | undefined
}

/** Whether images of so many channels can lie in blocks. */
export function fillsBlocks({ block }: Emitter, channels: number): boolean {
  return block > 1 && channels % block === 0
}

/** An NCHW image in blocks; zeros fill the last one. Channels must be a multiple of 4. */
export function intoBlocks(e: Emitter, image: string): string {
  return e.once(`blocks ${image}`, () => e.node('ReorderInput', [image], {}, DOMAIN))
}

/** A blocked image as NCHW of so many channels. */
export function outOfBlocks(e: Emitter, blocked: string, channels: number): string {
  return e.once(`image ${blocked}`, () => e.node('ReorderOutput', [blocked], { channels: { int: channels } }, DOMAIN))
}

const ACTIVATIONS: Readonly<Record<Activation | 'meets', Attributes>> = {
  relu: { activation: { string: 'Relu' } },
  relu6: { activation: { string: 'Clip' }, activation_params: { floats: [0, 6] } },
  // 1 - 3e38 x, between 0 and 1.
  meets: { activation: { string: 'HardSigmoid' }, activation_params: { floats: [-3e38, 1] } },
}

/** A convolution of a blocked image (NCHW if it has fewer channels than a block) with an arranged filter. */
export function blockedConv(e: Emitter, x: string, filter: string, conv: BlockedConv): string {
  const {
    kernel,
    stride = [1, 1],
    dilation = [1, 1],
    pads = [0, 0, 0, 0],
    groups = 1,
    bias = '',
    sum,
    activation,
  } = conv
  const inputs = sum === undefined ? (bias ? [x, filter, bias] : [x, filter]) : [x, filter, bias, sum]
  const attributes = {
    kernel_shape: { ints: kernel },
    strides: { ints: stride },
    dilations: { ints: dilation },
    pads: { ints: pads },
    group: { int: groups },
    ...(activation && ACTIVATIONS[activation]),
  }
  return e.node('Conv', inputs, attributes, DOMAIN)
}

/**
 * 1 where a convolution, of a filter that makes -x, meets the value of the blocked image `y`, else 0. The activation is a step at 0, so
 * steep that it takes only values for equal that differ by less than 1e-38.
 */
export function meets(e: Emitter, x: string, filter: string, y: string, conv: BlockedConv): string {
  return blockedConv(e, x, filter, { ...conv, sum: y, activation: 'meets' })
}

/** A pooling of a blocked image. */
export function blockedPool(
  e: Emitter,
  operator: 'MaxPool' | 'AveragePool',
  x: string,
  { kernel, stride = [1, 1], pads = [0, 0, 0, 0] }: Pick<BlockedConv, 'kernel' | 'stride' | 'pads'>,
): string {
  const attributes = {
    kernel_shape: { ints: kernel },
    strides: { ints: stride },
    pads: { ints: pads },
  }
  return e.node(operator, [x], attributes, DOMAIN)
}

/** `factor x + bias + sum`, through an activation if wanted, for factor and bias [channels]: one pass over memory. */
export function scaled(
  e: Emitter,
  x: string,
  factor: string,
  channels: number,
  more: Pick<BlockedConv, 'bias' | 'sum' | 'activation'>,
): string {
  const filter = e.reshape(factor, [channels, 1, 1, 1])
  return blockedConv(e, x, filter, { kernel: [1, 1], groups: channels, ...more })
}

/** Mean of each channel of each blocked image: NCHW of one pixel. */
export function imageMeans(e: Emitter, name: string): string {
  return e.once(`image means ${name}`, () => e.node('GlobalAveragePool', [name], {}, DOMAIN))
}

/**
 * Sum of `a * b` over the places of each channel of each image, both blocked: NCHW of one pixel. As a depthwise convolution,
 * every channel of every image its own, with the other image as the filter.
 */
export function imageProducts(e: Emitter, a: string, b: string, { shape }: Operand): string {
  const [batch, height, width, channels] = shape as [number, number, number, number]
  const lines = batch * channels
  const filter = e.reshape(b, [lines, 1, height, width])
  const sums = blockedConv(e, e.reshape(a, [1, lines, height, width]), filter, {
    kernel: [height, width],
    groups: lines,
  })
  return e.reshape(sums, [batch, channels, 1, 1])
}
