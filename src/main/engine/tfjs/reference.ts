import type { KernelBackend, TensorInfo, TypedArray } from '@tensorflow/tfjs-core'
import { util } from '@tensorflow/tfjs-core'

/** What reference kernels use of tfjs's cpu backend. */
interface CpuBackend extends KernelBackend {
  makeTensorInfo(shape: number[], dtype: 'float32', values: TypedArray): TensorInfo
}

/** The values of a tensor on tfjs's cpu backend, for reference kernels. */
export function valuesOf(backend: unknown, info: TensorInfo | undefined): TypedArray {
  util.assert(info !== undefined, () => 'A kernel input is missing.')
  return (backend as KernelBackend).readSync((info as TensorInfo).dataId) as TypedArray
}

/** A float32 result of a reference kernel. */
export function output(backend: unknown, shape: readonly number[], values: TypedArray): TensorInfo {
  return (backend as CpuBackend).makeTensorInfo([...shape], 'float32', values)
}
