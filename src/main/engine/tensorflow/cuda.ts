import { existsSync, readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { AppError } from '../../../shared/errors.js'
import type { TensorFlowLibrary } from './library.js'
import { versionNumbers } from './version.js'

/** What NVIDIA's driver brings. */
const DRIVER = 'libcuda.so.1'

/**
 * The CUDA libraries that a TensorFlow for NVIDIA cards loads on Linux, by its version: CUDA 11 to 2.14, CUDA 12 from 2.15,
 * cuDNN 9 from 2.18 (TensorFlow's table of tested builds, tensorflow.org/install/source#gpu).
 */
export function cudaLibraries(version: string): readonly string[] {
  const [major, minor] = versionNumbers(version) ?? [2, 21]
  const twelve = major > 2 || minor >= 15
  const dnn = major > 2 || minor >= 18 ? 'libcudnn.so.9' : 'libcudnn.so.8'
  return twelve
    ? ['libcudart.so.12', 'libcublas.so.12', 'libcufft.so.11', 'libcusolver.so.11', 'libcusparse.so.12', dnn]
    : ['libcudart.so.11.0', 'libcublas.so.11', 'libcufft.so.10', 'libcusolver.so.11', 'libcusparse.so.11', dnn]
}

/** Folders of the CUDA libraries that came as Python packages beside a TensorFlow. */
export function cudaFolders({ path, needs: [first = path] }: TensorFlowLibrary): readonly string[] {
  const packages = join(dirname(dirname(first)), 'nvidia')
  if (!existsSync(packages)) return []
  return readdirSync(packages)
    .map((name) => join(packages, name, 'lib'))
    .filter((folder) => existsSync(folder))
}

/** Files of the CUDA libraries that a TensorFlow asks for by name and that lie in no folder where the loader looks. */
export function cudaFiles(library: TensorFlowLibrary): readonly string[] {
  const names = cudaLibraries(library.version ?? '')
  const files = cudaFolders(library).flatMap((folder) => names.map((name) => join(folder, name)))
  return files.filter((file) => existsSync(file))
}

/** Why a TensorFlow sees no graphics card: `canLoad` tries a library by its name, as TensorFlow does. */
export function noGpu(version: string, source: string, canLoad: (name: string) => boolean): AppError {
  const what = `TensorFlow ${version}, ${source}`
  const fail = (message: string, hint: string) => new AppError('device/unavailable', `${what}: ${message}`, hint)
  if (process.platform === 'darwin') return fail('there is no CUDA on a Mac.', 'Use onnx-webgpu here.')
  if (!canLoad(DRIVER)) {
    return fail(
      `no NVIDIA driver is installed (${DRIVER}).`,
      'It takes an NVIDIA card with its driver; onnx-webgpu runs on other cards.',
    )
  }
  const missing = cudaLibraries(version).filter((name) => !canLoad(name))
  if (missing.length > 0) {
    return fail(
      `the CUDA libraries ${missing.join(', ')} are missing.`,
      'Get them with “Fast engine…” in the main menu or "netwright engine install --gpu".',
    )
  }
  return fail(
    'it sees no card, though driver and CUDA libraries are there.',
    'It may be the package for processors: get the one for NVIDIA cards with “Fast engine…” in the main menu or "netwright engine install --gpu"; cards before 2014 are too old.',
  )
}
