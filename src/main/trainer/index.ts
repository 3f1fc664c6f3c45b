import { setPriority } from 'node:os'
import { AppError, errorData } from '../../shared/errors.js'
import { computeInThreads } from '../engine/onnx/thread-runner.js'
import { runtimeError } from '../engine/out-of-memory.js'
import { runJob } from './job-table.js'
import { openParent } from './parent.js'

/** Entry of the child process: takes one job, tells its events and its result or error; ended by the parent, or with it. */
const parent = openParent()
let stopped = false
let wish: Readonly<Record<string, number>> | undefined

/** A little less urgent than the window and the host, which must answer while all cores compute. */
const NICENESS = 5

// Messages are read and the next images prepared while a step is computed. The build puts the script beside this one.
computeInThreads(new URL('./onnx-thread.js', import.meta.url))
// At once: an orderly end waits for threads, which may be in a step of minutes, and what is on the disk is whole at any moment.
parent.onGone(() => process.kill(process.pid, 'SIGKILL'))
// Ctrl-C reaches every process of a terminal: the parent decides what it means, and asks to stop.
process.on('SIGINT', () => undefined)
parent.onMessage((message) => {
  if (message.type === 'stop') {
    stopped = true
    return
  }
  if (message.type === 'head-weights') {
    wish = { ...wish, ...message.weights }
    return
  }
  if (message.job.kind === 'train' || message.job.kind === 'resume') makeRoom()
  runJob(message.job, {
    send: (events) => parent.send({ type: 'events', events }),
    stopped: () => stopped,
    wished: takeWish,
  }).then(
    (result) => parent.send({ type: 'result', result }),
    (error: unknown) => {
      const known = runtimeError(error, 'this computer')
      if (!(known instanceof AppError)) console.error(error)
      parent.send({ type: 'error', error: errorData(known) })
    },
  )
})
parent.send({ type: 'ready' })

function takeWish() {
  const taken = wish
  wish = undefined
  return taken
}

/** Threads inherit this from the one that makes them, so it comes before the runtime is loaded. */
function makeRoom(): void {
  try {
    setPriority(NICENESS)
  } catch {
    // Not allowed here: then training is as urgent as everything else.
  }
}
