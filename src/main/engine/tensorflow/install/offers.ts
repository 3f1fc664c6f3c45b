import type { EngineOffer } from '../../../../shared/engine.js'
import { AppError } from '../../../../shared/errors.js'

/** The version our tests run with. */
const VERSION = '2.21.0'

/** The last that Intel built with OpenMP. */
const OPENMP_VERSION = '2.14.0'

/** The first and the last Python that a package is for, as major and minor number. */
export interface Pythons {
  readonly from: readonly [number, number]
  readonly to: readonly [number, number]
}

/** An offer as pip gets it. */
export interface Package extends EngineOffer {
  /** What pip is told to install. */
  readonly requirement: string
  readonly pythons: Pythons
}

const MB = 1e6

/**
 * The packages of TensorFlow with a library that Netwright can load, the usual one first. Bytes of the wheels with all that
 * they need are those of the Python package index for Python 3.11; unpacked they take about 4.4 times as much, those of CUDA
 * twice as much. `device/unavailable` where there is none.
 */
export function packagesFor(platform: NodeJS.Platform, arch: string): readonly Package[] {
  switch (`${platform} ${arch}`) {
    case 'linux x64':
      return [
        offer('tensorflow-cpu', 335 * MB, 1_500 * MB),
        { ...offer('tensorflow[and-cuda]', 3_440 * MB, 7_500 * MB), build: 'cuda' },
        openMp(),
      ]
    case 'linux arm64':
      return [offer('tensorflow', 341 * MB, 1_500 * MB)]
    case 'darwin arm64':
      return [offer('tensorflow', 288 * MB, 1_300 * MB)]
  }
  const hint =
    platform === 'win32'
      ? 'Unpack the C package of TensorFlow and set NETWRIGHT_TENSORFLOW to its folder lib; graphics cards work without it.'
      : 'Train with ONNX Runtime, or set NETWRIGHT_TENSORFLOW to the folder of a library of your own.'
  const message = `TensorFlow ${VERSION} has no package for ${nameOf(platform, arch)} with a library that Netwright can use.`
  throw new AppError('device/unavailable', message, hint)
}

function offer(name: string, download: number, disk: number): Package {
  const pythons = { from: [3, 10], to: [3, 13] } as const
  return { build: 'processor', ...called(name, VERSION), download, disk, pythons }
}

function openMp(): Package {
  const pythons = { from: [3, 9], to: [3, 11] } as const
  const what = called('intel-tensorflow', OPENMP_VERSION)
  return { build: 'openmp', ...what, download: 332 * MB, disk: 1_310 * MB, pythons }
}

function called(name: string, version: string): Pick<Package, 'title' | 'requirement'> {
  return { title: `${name} ${version}`, requirement: `${name}==${version}` }
}

function nameOf(platform: string, arch: string): string {
  const known: Readonly<Record<string, string>> = { win32: 'Windows', darwin: 'Macs with Intel processors' }
  return known[platform] ?? `${platform} on ${arch}`
}
