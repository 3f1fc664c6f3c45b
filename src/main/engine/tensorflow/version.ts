import { AppError } from '../../../shared/errors.js'

/** The oldest TensorFlow whose graph operations are all that we emit. */
const OLDEST = [2, 9] as const

/** Major and minor number of `2.21.0`; `undefined` for other words. */
export function versionNumbers(version: string): readonly [number, number] | undefined {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? []
  return major === undefined ? undefined : [Number(major), Number(minor)]
}

/** Throws `device/unavailable` for a TensorFlow that is too old; a version in other words passes. */
export function checkVersion(version: string, path: string): void {
  const numbers = versionNumbers(version)
  if (!numbers || numbers[0] > OLDEST[0] || (numbers[0] === OLDEST[0] && numbers[1] >= OLDEST[1])) return
  throw new AppError(
    'device/unavailable',
    `TensorFlow in ${path} is version ${version}, but Netwright needs ${OLDEST.join('.')} or newer.`,
    'Get a newer one beside it with “Fast engine…” in the main menu or "netwright engine install".',
  )
}

/** What a library lacks turns up when it is needed first: `engine/unsupported` for its version and that function or operation. */
export function lacks(version: string, what: string): AppError {
  return new AppError(
    'engine/unsupported',
    `TensorFlow ${version} lacks ${what}, which is needed here.`,
    'Get a newer one with “Fast engine…” in the main menu or "netwright engine install", or choose the device onnx-cpu.',
  )
}
