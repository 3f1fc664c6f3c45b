import type { ErrorData } from '../errors.js'

/** How one head does on a batch, or on the validation part. */
export interface HeadMetrics {
  /** Mean loss of the batch or split before the weight: cross-entropy in nats, or squared distance of a number. */
  readonly loss: number
  /** Share of images whose most probable class, or whose class nearest to the number, is right, 0 to 1. */
  readonly accuracy: number
  /** Of a head that answers with a number: its mean distance from the number of the class. */
  readonly error?: number
}

/** One training step: the loss is that of the batch before the update. */
export interface StepEvent {
  readonly type: 'step'
  /** Number of this update, from 1. */
  readonly step: number
  /** From 1. */
  readonly epoch: number
  /** Weighted sum over heads. */
  readonly loss: number
  readonly heads: Readonly<Record<string, HeadMetrics>>
  readonly learningRate: number
  readonly imagesPerSecond: number
}

/** The whole validation part after an epoch, with moving statistics and without dropout. */
export interface ValidationEvent {
  readonly type: 'validation'
  readonly step: number
  readonly epoch: number
  readonly loss: number
  readonly heads: Readonly<Record<string, HeadMetrics>>
}

/** First event of a run, and of each time that it goes on: what is trained on what. */
export interface StartEvent {
  readonly type: 'start'
  /** Where a run goes on: updates that are kept; what was told of later ones counts no more. */
  readonly resumed?: number
  readonly device: string
  /** Why this device. */
  readonly deviceReason: string
  readonly stepsPerEpoch: number
  readonly steps: number
  readonly train: number
  readonly validation: number
  readonly classes: readonly string[]
  /** Files that could not be read, by name. */
  readonly skipped: readonly SkippedFile[]
  /** How images were fitted to the net and where the validation part comes from, in words. */
  readonly note?: string
}

/** A file of a data set that is no image, and why it is passed over. */
export interface SkippedFile {
  readonly file: string
  readonly reason: string
}

/** What a look at a node saw; a number that is not finite is left out, and what it belongs to is in `bad`. */
export interface NodeLook {
  /** Root mean square of its output over the batch. */
  readonly output?: number
  /** Root mean square of the gradient of the loss by its output; 0 where none comes back. */
  readonly gradient?: number
  /** Of a ReLU: share of channels that are zero at every place of every image of the batch. */
  readonly dead?: number
  readonly bad?: readonly ('weights' | 'output' | 'gradient')[]
}

/** What a look at a trainable weight saw; numbers that are not finite are left out. */
export interface WeightLook {
  /** Norm (root of the sum of squares) of its gradient, before any clipping. */
  readonly gradient?: number
  readonly norm?: number
  /** Norm of its update by its own; about 0.001 in a net that learns well. Left out for a weight of zeros. */
  readonly ratio?: number
}

/** A look at what the next update would do, before it is made. */
export interface ProbeEvent {
  readonly type: 'probe'
  /** Updates made before. */
  readonly step: number
  readonly epoch: number
  /** In the order of the net. */
  readonly nodes: Readonly<Record<string, NodeLook>>
  /** By full name. */
  readonly weights: Readonly<Record<string, WeightLook>>
  /** Norm of the gradient of each head's weighted loss by all weights together. */
  readonly heads: Readonly<Record<string, { readonly gradient?: number }>>
}

/** Losses of heads count otherwise from here on, as a user wished while training. */
export interface HeadWeightsEvent {
  readonly type: 'head-weights'
  /** Updates made before. */
  readonly step: number
  /** Of every head. */
  readonly weights: Readonly<Record<string, number>>
}

/** The most memory that the trainer has had, told after its first step and when an epoch made it grow. */
export interface MemoryEvent {
  readonly type: 'memory'
  /** Updates made before. */
  readonly step: number
  /** Bytes of the process, libraries and images included. */
  readonly peak: number
}

/** `stopped`: asked to; `training.resume` goes on from there. */
export type EndReason = 'finished' | 'stopped' | 'failed'

/** How a run ended. */
export interface EndEvent {
  readonly type: 'end'
  readonly reason: EndReason
  /** Updates made. */
  readonly step: number
  readonly error?: ErrorData
}

/** One line of a run’s `events.jsonl`. */
export type TrainingEvent =
  StartEvent | StepEvent | ValidationEvent | ProbeEvent | HeadWeightsEvent | MemoryEvent | EndEvent
