import { isTensorFlow } from '../../shared/engine.js'
import type { Analysis } from '../../shared/graph/graph.js'
import type { DeviceName, OptimizerName, StepRules } from '../../shared/training/settings.js'
import type { Executor } from './executor.js'
import { OnnxExecutor } from './onnx/executor.js'
import { TensorFlowExecutor } from './tensorflow/executor.js'

/** What an executor is made for: a device, the state that its optimizer keeps, and who else computes. */
export interface ExecutorOptions {
  readonly device: DeviceName
  /** Decides the slots of the state; the default fits evaluation and prediction: none. */
  readonly optimizer?: OptimizerName
  /** Of training steps; what is left out is as in `StepRequest`. */
  readonly rules?: Partial<StepRules>
  /** Threads of one operation; missing: as many as there are cores. In TensorFlow the first executor of a process decides. */
  readonly threads?: number
  /** Addresses of TensorFlow servers that share every training batch. */
  readonly workers?: readonly string[]
}

/**
 * A net ready to train and run on a device, all state zero until `setState`; throws `graph/has-errors` if the analysis has
 * errors or its input no fixed size, `device/unavailable` if the device's library is missing.
 */
export function createExecutor(
  analysis: Analysis,
  { device, optimizer = 'sgd', rules = {}, threads, workers }: ExecutorOptions,
): Executor {
  const options = { optimizer, rules, ...(threads !== undefined && { threads }) }
  if (isTensorFlow(device)) {
    return new TensorFlowExecutor(analysis, { device, ...options, ...(workers && { workers }) })
  }
  return new OnnxExecutor(analysis, { device: device === 'auto' ? 'onnx-cpu' : device, ...options })
}
