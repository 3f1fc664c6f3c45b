import { AppError, fromErrorData } from '../../shared/errors.js'
import type { TrainingEvent } from '../../shared/training/events.js'
import { NativeFault, outOfMemory, tellsOfFullMemory } from '../engine/out-of-memory.js'
import type { FromTrainer, Job, JobResult, RunningJob, ToTrainer } from './jobs.js'

/** A child process as its launcher sees it; `fork` and `utilityProcess` both fit. */
export interface Child {
  send(message: ToTrainer): void
  /** End it at once, without asking. */
  kill(): void
  onMessage(listener: (message: FromTrainer) => void): void
  /** Called once, when it is gone or could not be started. */
  onExit(listener: (how: ExitReason) => void): void
  /** What it wrote to standard error and output. */
  onOutput(listener: (text: string) => void): void
}

export interface ExitReason {
  readonly code?: number
  readonly signal?: string
  readonly error?: Error
}

/** Characters of a child's output that are kept for the message about its end. */
const TAIL = 4000

/** Give a new child its job and follow it to the end; the child is ended as soon as it has answered. */
export function supervise<J extends Job>(
  child: Child,
  job: J,
  onEvents: (events: readonly TrainingEvent[]) => void = () => undefined,
): RunningJob<JobResult<J>> {
  let output = ''
  let wanted = false
  let started = false
  let stopping = false
  const begin = () => {
    started = true
    child.send({ type: 'job', job })
    if (stopping) child.send({ type: 'stop' })
  }
  const result = new Promise<JobResult<J>>((resolve, reject) => {
    child.onOutput((text) => (output = (output + text).slice(-TAIL)))
    child.onExit((how) => reject(crashed(how, output, wanted)))
    child.onMessage((message) => {
      if (message.type === 'ready') return begin()
      if (message.type === 'events') return onEvents(message.events)
      if (message.type === 'result') resolve(message.result as JobResult<J>)
      else reject(fromErrorData(message.error))
      // Everything is on the disk by now, and native libraries are known to crash while they unload.
      child.kill()
    })
  })
  return {
    result,
    stop() {
      stopping = true
      if (started) child.send({ type: 'stop' })
    },
    weigh(weights) {
      if (started) child.send({ type: 'head-weights', weights })
    },
    kill() {
      wanted = true
      child.kill()
    },
  }
}

/** Lines that tell a user nothing: of the machine's own stack, ` 1: 0x7f… node::Abort()`, and what TensorFlow says of itself. */
const NOISE = /^\s*\d+: 0x[0-9a-f]+ |^-+ .* -+$|absl::InitializeLog|^I\d{4} /

/** Ends by which native libraries fail where an allocation does: they do not ask whether it did. */
const NATIVE_FAULTS = ['SIGSEGV', 'SIGABRT', 'SIGBUS', 'SIGILL']

/** What happened to a child that ended before it answered. */
function crashed({ code, signal, error }: ExitReason, output: string, wanted: boolean): AppError {
  const kept = 'What was written until then is kept.'
  if (wanted) return new AppError('trainer/crashed', 'The trainer process was ended.', kept)
  if (error) return new AppError('trainer/crashed', `The trainer process could not be started: ${error.message}.`, kept)
  const killed = 'The trainer process was ended from outside, as the system does when its memory is full'
  if (signal === 'SIGKILL') return outOfMemory(killed, output === '' ? '' : lastWords(output))
  const full = output.split('\n').find(tellsOfFullMemory)
  if (full !== undefined) return outOfMemory('The memory was not enough for this training', full)
  const how = signal ? `ended by ${signal}` : `ended with code ${code ?? 'unknown'}`
  const last = lastWords(output)
  const message = `The trainer process ${how}${last ? `. It wrote last:\n${last}` : ' without a word.'}`
  if (NATIVE_FAULTS.includes(signal ?? '')) return new NativeFault(message, kept)
  const again = 'Start it again; if it happens once more, the log has the details.'
  return new AppError('trainer/crashed', message, `${kept} ${again}`)
}

/** The last lines that a child wrote and that say something. */
function lastWords(output: string): string {
  const words = output.split('\n').filter((line) => line.trim() !== '' && !NOISE.test(line))
  return words.slice(-5).join('\n')
}
