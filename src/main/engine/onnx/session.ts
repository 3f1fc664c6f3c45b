import { availableParallelism } from 'node:os'
import { InferenceSession } from 'onnxruntime-node'

/** Open an ONNX model on the CPU, on all cores. */
export function openSession(bytes: Uint8Array): Promise<InferenceSession> {
  return InferenceSession.create(bytes, {
    executionProviders: ['cpu'],
    graphOptimizationLevel: 'all',
    executionMode: 'sequential',
    intraOpNumThreads: availableParallelism(),
    interOpNumThreads: 1,
    // 3 = errors only: warnings about unused initializers mean nothing to a user.
    logSeverityLevel: 3,
  })
}
