import type { KerasCall } from '../../../shared/layers/define.js'
import type { HostTensor } from '../../engine/executor.js'

/** One of the layers of TensorFlow.js that a node stands for. */
export interface SpelledLayer {
  readonly call: KerasCall
  /**
   * What feeds it: an earlier one of them by its place, or an input of the node, -1 for the first, -2 for the second. Left out: the one
   * before it, all inputs for the first.
   */
  readonly from?: readonly number[]
  /** Weights that are none of the net, by their names in TensorFlow.js. */
  readonly fixed?: Readonly<Record<string, HostTensor>>
}
