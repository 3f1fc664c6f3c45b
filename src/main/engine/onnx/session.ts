import { availableParallelism } from 'node:os'
import type { InferenceSession } from 'onnxruntime-node'
import { loadRuntime, PROVIDERS, type OnnxDevice } from './runtime.js'

/** Where a session computes, and what of it stays there. */
export interface SessionChoice {
  readonly device?: OnnxDevice
  /** Outputs that stay in the memory of the device. */
  readonly kept?: readonly string[]
  /** Nodes, by name, that the provider takes and then cannot compute: the processor does. */
  readonly onHost?: readonly string[]
  /** Threads of one operation; missing: as many as there are cores. */
  readonly threads?: number
}

/** Open an ONNX model on a device, on all cores; `device/unavailable` if there is no library for it. */
export async function openSession(bytes: Uint8Array, choice: SessionChoice = {}): Promise<InferenceSession> {
  const { device = 'onnx-cpu', kept = [], onHost = [], threads = availableParallelism() } = choice
  const { InferenceSession } = await loadRuntime(device)
  const name = PROVIDERS[device]
  const provider = name === 'webgpu' && onHost.length > 0 ? { name, forceCpuNodeNames: [...onHost] } : { name }
  return InferenceSession.create(bytes, {
    executionProviders: [provider as InferenceSession.ExecutionProviderConfig],
    // What its optimizer would find is emitted so already: on processors it takes three quarters of the start, of which a step
    // gains nothing (its 46 passes each sort the whole graph).
    graphOptimizationLevel: name === 'cpu' || name === 'wasm' ? 'disabled' : 'all',
    executionMode: 'sequential',
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    // With patterns the first run's memory is kept beside a block for all later ones: twice as much, and no faster. DirectML
    // refuses them.
    enableMemPattern: false,
    ...(kept.length > 0 && {
      preferredOutputLocation: Object.fromEntries(kept.map((output) => [output, 'gpu-buffer'])),
    }),
    // 3 = errors only: warnings about unused initializers mean nothing to a user.
    logSeverityLevel: 3,
  })
}
