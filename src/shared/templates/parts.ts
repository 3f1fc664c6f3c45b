import { BATCH_NORM } from '../blocks/parts.js'
import type { Drawing } from './drawing.js'

/** A convolution of a template with what follows it. */
export interface ConvolutionSpec {
  readonly filters: number
  readonly kernel: number
  readonly stride?: number
  readonly padding?: 'same' | 'valid'
  /** Left out: a bias only where no batch norm follows. */
  readonly bias?: boolean
  /** Whether batch norm learns a factor per channel. */
  readonly scale?: boolean
  /** Layer type of what follows; left out: ReLU. */
  readonly activation?: string
}

/** Convolution, batch norm if wanted, and the activation as nodes of their own. */
export function convolution(drawing: Drawing, id: string, conv: ConvolutionSpec, batchNorm: boolean): void {
  const { filters, kernel, stride = 1, padding = 'same', bias = !batchNorm, scale = true, activation = 'relu' } = conv
  drawing.then(id, 'conv2d', { filters, kernel: [kernel, kernel], stride: [stride, stride], padding, bias })
  if (batchNorm) drawing.then(`${id}_bn`, 'batch_norm', { ...BATCH_NORM, scale })
  drawing.then(`${id}_${activation}`, activation)
}

/** 3x3 max pool with stride 2. */
export function halve(drawing: Drawing, id: string, padding: 'same' | 'valid' = 'same'): void {
  drawing.then(id, 'max_pool', { kernel: [3, 3], stride: [2, 2], padding })
}

/**
 * Five convolutions and two pools down to an eighth of the image: the stem of Inception-v3, and of Inception-ResNet-v2 as Keras has it.
 * `scale`: batch norm learns a factor per channel.
 */
export function inceptionStem(drawing: Drawing, scale: boolean): void {
  const conv = (id: string, filters: number, kernel: number, padding: 'same' | 'valid', stride = 1) =>
    convolution(drawing, id, { filters, kernel, stride, padding, scale }, true)
  conv('conv_1', 32, 3, 'valid', 2)
  drawing.row()
  conv('conv_2', 32, 3, 'valid')
  conv('conv_3', 64, 3, 'same')
  drawing.row()
  halve(drawing, 'pool_1', 'valid')
  conv('conv_4', 80, 1, 'same')
  drawing.row()
  conv('conv_5', 192, 3, 'valid')
  halve(drawing, 'pool_2', 'valid')
}

/** Global average pooling, dropout if wanted, one unit per class, and the main head. */
export function classifier(drawing: Drawing, classes: number, rate = 0, bias = true): void {
  drawing.then('pool', 'global_average_pool')
  if (rate > 0) drawing.then('dropout', 'dropout', { rate })
  drawing.then('logits', 'dense', { units: classes, bias })
  drawing.then('main', 'head')
}

/** An auxiliary classifier with its head, loss weight 0.3 as in GoogLeNet, below a node of the trunk. */
export function auxiliary(drawing: Drawing, from: string, id: string, params: Readonly<Record<string, unknown>>): void {
  drawing.branch(from, [`${id}_classifier`, 'auxiliary_classifier', params], [id, 'head', { weight: 0.3 }])
}
