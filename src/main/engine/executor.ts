import type { StepKind } from '../../shared/program/request.js'

/** Named float tensors in host memory: weights `<node>/kernel`, optimizer slots `<node>/kernel/momentum`, statistics. */
export type TensorMap = ReadonlyMap<string, HostTensor>

/** Values in the memory of this process, row-major. */
export interface HostTensor {
  readonly shape: readonly number[]
  readonly data: Float32Array
}

/** What one call of a step is fed besides the state. */
export interface Feeds {
  /** NHWC, values as the net expects them; length = batch * height * width * channels. */
  readonly images: Float32Array
  /** Class of each image; not used by `predict`. */
  readonly labels?: Int32Array
  /** While training only. */
  readonly learningRate?: number
  /** While training only: number of updates made before this one, 0-based. */
  readonly step?: number
  readonly seed?: number
  /** Which part of the step's batch this is, 0-based; 0 if left out. */
  readonly part?: number
  /** Weight of each head's loss by head id; not used by `predict`. */
  readonly headWeights?: Readonly<Record<string, number>>
}

/** What a step returns of one head. */
export interface HeadResult {
  /** Mean over the batch. */
  readonly loss?: number
  /** Images that are answered right. */
  readonly correct?: number
  /** Of a head that answers with a number: its mean distance from the label's. */
  readonly error?: number
  /** [batch, classes], or the number of each image. */
  readonly probabilities?: Float32Array
}

/** What a step returns; which parts depends on its kind. */
export interface StepResult {
  /** Weighted sum of the heads' losses (mean over the batch). */
  readonly loss?: number
  readonly heads: Readonly<Record<string, HeadResult>>
  /** What `probe` saw, by the names and in the orders of `src/shared/program/probe.ts`. */
  readonly probe?: Readonly<Record<string, Float32Array>>
}

/** A compiled net on one device: steps of several kinds over one state. */
export interface Executor {
  /**
   * The batch size of each step is fixed when it is first run with it. A step that fails, or whose loss is not finite, leaves the
   * state as it was.
   */
  run(kind: StepKind, feeds: Feeds): Promise<StepResult>
  /** Replace weights, slots and statistics; names must be exactly those of `getState`. Slots left out start at zero. */
  setState(state: TensorMap): void
  /** Exact copies of weights, statistics and slots, from wherever the device keeps them. */
  getState(): Promise<TensorMap>
  dispose(): Promise<void>
}
