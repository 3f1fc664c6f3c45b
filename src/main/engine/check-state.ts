import { AppError } from '../../shared/errors.js'
import { shapeText } from '../../shared/layers/shapes.js'
import type { StateEntry } from '../../shared/program/state.js'
import type { HostTensor, TensorMap } from './executor.js'
import { count } from './step/step.js'

/** Throws `weights/mismatch` unless `state` fits the entries; slots of the optimizer may be missing. */
export function checkState(entries: readonly StateEntry[], state: TensorMap) {
  const known = new Set(entries.map(({ name }) => name))
  for (const name of state.keys()) if (!known.has(name)) throw unknownName(name)
  for (const entry of entries) check(entry, state.get(entry.name))
}

function unknownName(name: string): AppError {
  return new AppError(
    'weights/mismatch',
    `There is a weight ${name}, but the net has none of this name.`,
    'Use weights that were saved from this net; a node that was renamed renames its weights.',
  )
}

function check({ name, shape, role }: StateEntry, given: HostTensor | undefined) {
  if (!given && role === 'slot') return
  const hint = 'Use weights that were saved from this net, with the same sizes of its layers.'
  if (!given) throw new AppError('weights/mismatch', `The weight ${name} (${shapeText(shape)}) is missing.`, hint)
  if (`${given.shape}` === `${shape}` && given.data.length === count(shape)) return
  const message = `The weight ${name} is ${shapeText(given.shape)}, but the net needs ${shapeText(shape)}.`
  throw new AppError('weights/mismatch', message, hint)
}
