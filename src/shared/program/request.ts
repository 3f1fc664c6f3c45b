import type { Analysis } from '../graph/graph.js'
import type { Tensor, Tf } from '../layers/define.js'
import type { OptimizerName, StepRules } from '../training/settings.js'

/** Where a step gets its tensors: placeholders when it is traced, values when it is computed at once. */
export interface StepSource {
  readonly tf: Tf
  /** A value that changes with every call. */
  input(name: string, shape: readonly number[], type: 'float32' | 'int32'): Tensor
  /** A weight, statistic or slot. */
  state(name: string): Tensor
  /** Told before each layer, and with '' when gradients begin; see `ForwardSource.enter`. */
  enter?(node: string): void
}

/** What a step makes: outputs by name, and the next values of the state it changes. */
export interface StepOutcome {
  readonly outputs: Readonly<Record<string, Tensor>>
  readonly state: Readonly<Record<string, Tensor>>
}

/**
 * `train` makes an update; `accumulate` adds the gradients of a part of a batch up for the `train` that ends it; `probe` looks at
 * what `train` would do and changes nothing.
 */
export type StepKind = 'train' | 'accumulate' | 'probe' | 'evaluate' | 'predict'

/** Which step of which net. */
export interface StepRequest {
  readonly kind: StepKind
  readonly analysis: Analysis
  readonly optimizer: OptimizerName
  readonly batch: number
  /** What is left out is 0, parts of a batch 1. */
  readonly rules?: Partial<StepRules>
  /** Replicas of the net that share the batch of `train`; 1 if left out. */
  readonly replicas?: number
}
