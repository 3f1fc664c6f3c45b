import type { DeviceRuntime } from '../../../shared/api.js'
import type { DeviceName } from '../../../shared/training/settings.js'
import { PROVIDERS, type OnnxDevice } from '../onnx/runtime.js'

/** A device that trains, which `auto` is only a choice of. */
export type RealDevice = Exclude<DeviceName, 'auto'>

/** A device as people see it. */
export interface DeviceKind {
  readonly title: string
  readonly runtime: DeviceRuntime
}

/** Every device that can train, in order of preference where two are equally fast. */
export const DEVICE_KINDS: Readonly<Record<RealDevice, DeviceKind>> = {
  'onnx-cpu': { title: 'Processor (ONNX Runtime)', runtime: 'ONNX Runtime' },
  'tensorflow-cpu': { title: 'Processor (TensorFlow)', runtime: 'TensorFlow' },
  'tensorflow-openmp': { title: 'Processor (TensorFlow with OpenMP)', runtime: 'TensorFlow' },
  'tensorflow-gpu': { title: 'NVIDIA GPU (TensorFlow)', runtime: 'TensorFlow' },
  'onnx-cuda': { title: 'NVIDIA GPU (ONNX Runtime)', runtime: 'ONNX Runtime' },
  'onnx-webgpu': { title: 'Graphics card (WebGPU)', runtime: 'ONNX Runtime' },
  'onnx-directml': { title: 'Graphics card (DirectML)', runtime: 'ONNX Runtime' },
  'onnx-coreml': { title: 'Apple neural engine (CoreML)', runtime: 'ONNX Runtime' },
  'onnx-wasm': { title: 'Processor (WebAssembly)', runtime: 'ONNX Runtime' },
}

/**
 * The devices to look at on a computer: those whose provider its ONNX Runtime lists, or WebAssembly where there is none, and
 * TensorFlow, which may be installed; its build with OpenMP, which is an extra, only where it is.
 */
export function offeredDevices(providers: readonly string[] | undefined, hasOpenMp = false): readonly RealDevice[] {
  return (Object.keys(DEVICE_KINDS) as RealDevice[]).filter((name) => {
    if (name === 'onnx-wasm') return providers === undefined
    if (name === 'tensorflow-openmp') return hasOpenMp
    return isOnnx(name) ? providers?.includes(PROVIDERS[name]) : true
  })
}

/** True for the devices of ONNX Runtime. */
export function isOnnx(name: RealDevice): name is OnnxDevice {
  return name in PROVIDERS
}
