import { blockSize } from '../../../src/main/engine/onnx/block-size.js'
import type { OnnxDevice } from '../../../src/main/engine/onnx/runtime.js'
import type { Step } from '../../../src/main/engine/step/step.js'
import { findTensorFlow } from '../../../src/main/engine/tensorflow/library.js'
import type { StepFeeds, StepValues } from '../../../src/main/engine/tfjs/run-step.js'
import { runOnOnnx } from './run-on-onnx.js'
import { runOnTensorFlow } from './run-on-tensorflow.js'

/** A fast runtime that tests compare with tfjs. */
export interface Runtime {
  readonly name: string
  /** Factor on tolerances: shaders of graphics cards sum in another order and approximate some functions. */
  readonly slack: number
  /** One of so many cases is tried: compiling shaders takes a second per case without a graphics card. */
  readonly every: number
  run(step: Step, feeds: StepFeeds): Promise<StepValues>
}

const search = findTensorFlow('tensorflow')

/** True if tests can use TensorFlow here; the reason is printed if they cannot. */
export const hasTensorFlow = search.library !== undefined

if (!search.library) console.warn(`SKIPPED: every test of the TensorFlow runtime. ${search.message} ${search.hint}`)

/** A device of ONNX Runtime that a process of its own tests instead of the usual ones; see `other-devices.slow.test.ts`. */
const chosen = process.env['NETWRIGHT_TEST_DEVICE'] as OnnxDevice | undefined

const block = await blockSize()

if (block === 1) console.warn('SKIPPED: every test of blocked images. ONNX Runtime has none on this processor.')

/** Every runtime that is there. */
export const runtimes: readonly Runtime[] = chosen
  ? [{ name: chosen, slack: 4, every: 12, run: (step, feeds) => runOnOnnx(step, feeds, chosen) }]
  : [
      { name: 'ONNX Runtime', slack: 1, every: 1, run: runOnOnnx },
      ...(block > 1
        ? [
            {
              name: `ONNX Runtime in blocks of ${block}`,
              slack: 1,
              every: 1,
              run: (step: Step, feeds: StepFeeds) => runOnOnnx(step, feeds, 'onnx-cpu', block),
            },
          ]
        : []),
      ...(hasTensorFlow ? [{ name: 'TensorFlow', slack: 1, every: 1, run: runOnTensorFlow }] : []),
    ]

/** The cases to try on a runtime: all of them, or an even choice. */
export function casesFor<T>({ every }: Runtime, cases: readonly T[]): readonly T[] {
  return cases.filter((_, i) => i % every === 0)
}
