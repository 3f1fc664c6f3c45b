import type { Analysis } from '../../shared/graph/graph.js'
import type { DeviceName, OptimizerName } from '../../shared/training/settings.js'
import type { Executor } from './executor.js'
import { OnnxExecutor } from './onnx/executor.js'

export interface ExecutorOptions {
  readonly device: DeviceName
  /** Decides the slots of the state; the default fits evaluation and prediction: none. */
  readonly optimizer?: OptimizerName
}

/**
 * A net ready to train and run on a device, all state zero until `setState`; throws `graph/has-errors` if the analysis has
 * errors or its input no fixed size.
 */
export function createExecutor(analysis: Analysis, { optimizer = 'sgd' }: ExecutorOptions): Executor {
  return new OnnxExecutor(analysis, optimizer)
}
