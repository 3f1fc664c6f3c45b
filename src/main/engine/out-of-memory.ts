import { AppError } from '../../shared/errors.js'

/** How runtimes, graphics drivers, C++ and Node say that memory is full. */
const WORDS = [
  /out of memory/i,
  /bad_alloc|bad_array_new_length/,
  /failed to allocate|allocation failed|unable to allocate|cannot allocate memory/i,
  /OOM when allocating|RESOURCE_EXHAUSTED|ResourceExhausted/,
  /Array buffer allocation failed|Invalid typed array length|heap limit/,
]

/** True if an error message or the last output of a process says that memory was full. */
export function tellsOfFullMemory(text: string): boolean {
  return WORDS.some((pattern) => pattern.test(text))
}

/** An error of a runtime as it is, or as `device/out-of-memory` if its words say so. */
export function runtimeError(error: unknown, device: string): unknown {
  if (error instanceof AppError) return error
  const message = error instanceof Error ? error.message : String(error)
  return tellsOfFullMemory(message)
    ? outOfMemory(`The memory of ${device} is not enough for this step`, message)
    : error
}

/** `device/out-of-memory`; `words` are the runtime's own. */
export function outOfMemory(what: string, words: string): AppError {
  const said = words.trim().split('\n', 1)[0] ?? ''
  return new AppError('device/out-of-memory', said === '' ? `${what}.` : `${what}: ${said}`, HINT)
}

const HINT = 'Use a smaller batch, smaller images or a smaller net.'

/**
 * The end of a trainer by a fault of native code, `trainer/crashed`: full memory shows like this too, as libraries do not always
 * ask whether they got theirs (TensorFlow 2.21's convolutions do not).
 */
export class NativeFault extends AppError {
  constructor(message: string, kept: string) {
    super('trainer/crashed', message, `${kept} Start it again; if it happens once more, a smaller batch may help.`)
  }
}

/** What of the settings decides how many images are in memory at once. */
interface BatchSettings {
  readonly batch: number
  readonly microBatches: number
}

/** The same error with what to try next, where memory was full or may have been; errors of another kind stay as they are. */
export function withSmallerBatch(error: unknown, { batch, microBatches }: BatchSettings): unknown {
  if (!(error instanceof AppError)) return error
  const isFault = error instanceof NativeFault
  if (!isFault && error.code !== 'device/out-of-memory') return error
  const parts = moreParts(batch, microBatches)
  const next =
    parts === undefined
      ? 'One image at a time is the least already: use smaller images or a smaller net.'
      : `Compute each batch in ${parts} parts instead of ${microBatches}, use a batch of ${Math.floor(batch / 2)} instead of ${batch}, or smaller images.`
  const hint = isFault ? `${error.hint} Full memory can do this. ${next}` : next
  return new AppError(error.code, error.message, hint)
}

/** The next number of equal parts of a batch; `undefined` if its parts are single images. */
function moreParts(batch: number, parts: number): number | undefined {
  for (let more = parts + 1; more <= batch; more++) if (batch % more === 0) return more
  return undefined
}
