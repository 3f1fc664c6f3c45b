import type { Step } from '../../../src/main/engine/step/step.js'
import { findTensorFlow } from '../../../src/main/engine/tensorflow/library.js'
import type { StepFeeds, StepValues } from '../../../src/main/engine/tfjs/run-step.js'
import { runOnOnnx } from './run-on-onnx.js'
import { runOnTensorFlow } from './run-on-tensorflow.js'

/** A fast runtime that tests compare with tfjs. */
export interface Runtime {
  readonly name: string
  run(step: Step, feeds: StepFeeds): Promise<StepValues>
}

const search = findTensorFlow()

/** True if tests can use TensorFlow here; the reason is printed if they cannot. */
export const hasTensorFlow = search.library !== undefined

if (!search.library) console.warn(`SKIPPED: every test of the TensorFlow runtime. ${search.message} ${search.hint}`)

/** Every runtime that is there. */
export const runtimes: readonly Runtime[] = [
  { name: 'ONNX Runtime', run: runOnOnnx },
  ...(hasTensorFlow ? [{ name: 'TensorFlow', run: runOnTensorFlow }] : []),
]
