import type { EngineOffer } from '../../../../shared/engine.js'
import { AppError } from '../../../../shared/errors.js'

/** The version our tests run with. */
const VERSION = '2.21.0'

/** Pythons that it has packages for, as major and minor number. */
export const PYTHONS = { from: [3, 10], to: [3, 13] } as const

export interface Package extends EngineOffer {
  /** What pip is told to install. */
  readonly requirement: string
}

const MB = 1e6

/**
 * The packages of TensorFlow with a library that Netwright can load, the one for processors first. Bytes of the wheels with all
 * that they need are those of the Python package index for 2.21.0 and Python 3.11; unpacked they take about 4.4 times as much,
 * those of CUDA twice as much. `device/unavailable` where there is none.
 */
export function packagesFor(platform: NodeJS.Platform, arch: string): readonly Package[] {
  switch (`${platform} ${arch}`) {
    case 'linux x64':
      return [
        offer('tensorflow-cpu', 335 * MB, 1_500 * MB),
        offer('tensorflow[and-cuda]', 3_440 * MB, 7_500 * MB, true),
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

function offer(name: string, download: number, disk: number, gpu = false): Package {
  return { gpu, title: `${name} ${VERSION}`, requirement: `${name}==${VERSION}`, download, disk }
}

function nameOf(platform: string, arch: string): string {
  const known: Readonly<Record<string, string>> = { win32: 'Windows', darwin: 'Macs with Intel processors' }
  return known[platform] ?? `${platform} on ${arch}`
}
