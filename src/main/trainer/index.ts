import { AppError, errorData } from '../../shared/errors.js'
import { runJob } from './job-table.js'
import { openParent } from './parent.js'

/** Entry of the child process: takes one job, tells its events and its result or error; ended by the parent, or with it. */
const parent = openParent()
let stopped = false

parent.onGone(() => process.exit(0))
// Ctrl-C reaches every process of a terminal: the parent decides what it means, and asks to stop.
process.on('SIGINT', () => undefined)
parent.onMessage((message) => {
  if (message.type === 'stop') {
    stopped = true
    return
  }
  runJob(message.job, { send: (events) => parent.send({ type: 'events', events }), stopped: () => stopped }).then(
    (result) => parent.send({ type: 'result', result }),
    (error: unknown) => {
      if (!(error instanceof AppError)) console.error(error)
      parent.send({ type: 'error', error: errorData(error) })
    },
  )
})
parent.send({ type: 'ready' })
