import { availableParallelism } from 'node:os'
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import { AppError } from '../../../shared/errors.js'

/** Name of the execution provider behind each device of ONNX Runtime. */
export const PROVIDERS = {
  'onnx-cpu': 'cpu',
  'onnx-webgpu': 'webgpu',
  'onnx-cuda': 'cuda',
  'onnx-directml': 'dml',
  'onnx-coreml': 'coreml',
  'onnx-wasm': 'wasm',
} as const

/** A device that ONNX Runtime has a provider for. */
export type OnnxDevice = keyof typeof PROVIDERS

/** Native ONNX Runtime, or its WebAssembly build: the same interface. */
export interface OnnxRuntime {
  readonly InferenceSession: typeof InferenceSession
  readonly Tensor: typeof Tensor
}

/** Loads the library of a device; `device/unavailable` where it has no binary for this computer. */
export async function loadRuntime(device: OnnxDevice): Promise<OnnxRuntime> {
  return device === 'onnx-wasm' ? loadWasm() : loadNative()
}

/** Providers that the native package lists for this platform; `device/unavailable` where it has no binary. */
export async function listProviders(): Promise<readonly string[]> {
  return (await loadNative()).listSupportedBackends().map(({ name }) => name)
}

/** Version of the package that a device takes. */
export async function versionOf(device: OnnxDevice): Promise<string> {
  const { versions } = device === 'onnx-wasm' ? (await import('onnxruntime-web')).env : (await loadNative()).env
  return (device === 'onnx-wasm' ? versions.web : versions.node) ?? versions.common
}

async function loadNative() {
  try {
    return await import('onnxruntime-node')
  } catch (error) {
    throw new AppError(
      'device/unavailable',
      `ONNX Runtime has no library for ${process.platform} on ${process.arch} here: ${wordsOf(error)}`,
      'Install Netwright again for this computer, or choose onnx-wasm, which runs everywhere.',
    )
  }
}

async function loadWasm(): Promise<OnnxRuntime> {
  try {
    const runtime = await import('onnxruntime-web')
    runtime.env.wasm.numThreads = availableParallelism()
    return runtime
  } catch (error) {
    throw new AppError(
      'device/unavailable',
      `ONNX Runtime for WebAssembly cannot be loaded: ${wordsOf(error)}`,
      'Install Netwright again, or choose onnx-cpu.',
    )
  }
}

function wordsOf(error: unknown): string {
  return error instanceof Error ? (error.message.split('\n', 1)[0] as string) : String(error)
}
