import { AppError } from '../../shared/errors.js'
import type { HostTensor, TensorMap } from '../engine/executor.js'

/** A weight by its full name; `weights/mismatch` if it is missing or has another shape. */
export function weightOf(weights: TensorMap, name: string, shape: readonly number[]): HostTensor {
  const found = weights.get(name)
  if (found && found.shape.join() === shape.join()) return found
  throw new AppError(
    'weights/mismatch',
    found
      ? `Weight ${name} is ${found.shape.join('x')}, but the net needs ${shape.join('x')}.`
      : `Weight ${name} is missing.`,
    'Use the weights that were saved with this document.',
  )
}
