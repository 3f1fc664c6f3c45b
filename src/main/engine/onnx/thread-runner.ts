import { Worker } from 'node:worker_threads'
import { fromErrorData } from '../../../shared/errors.js'
import type { Runner, RunnerOptions } from './runner.js'
import { LocalRunner } from './runner.js'
import { packed, type Answer, type Call } from './thread-messages.js'

let script: URL | undefined

/**
 * From now on steps are computed by threads that run this script, the built `thread.ts`; where nobody says so, by
 * the thread that asks for them.
 */
export function computeInThreads(entry: URL | undefined) {
  script = entry
}

/** A runner in a thread of its own if the process has the script of one. */
export function createRunner(options: RunnerOptions): Runner {
  return script ? threadRunner(script, options) : new LocalRunner(options)
}

interface Waiting {
  resolve(value: unknown): void
  reject(error: Error): void
}

/** A runner that passes every call to a thread; a thread that ends by itself is the error of all calls that wait and of later ones. */
function threadRunner(entry: URL, options: RunnerOptions): Runner {
  const thread = new Worker(entry, { workerData: options })
  const waiting: Waiting[] = []
  let gone: Error | undefined
  const lose = (error: Error) => {
    gone ??= error
    for (const { reject } of waiting.splice(0)) reject(gone)
  }
  thread.on('message', (answer: Answer) => {
    const { resolve, reject } = waiting.shift() as Waiting
    if ('value' in answer) return resolve(answer.value)
    reject(typeof answer.error === 'string' ? new Error(answer.error) : fromErrorData(answer.error))
  })
  thread.on('error', (error) => lose(error instanceof Error ? error : new Error(String(error))))
  thread.on('exit', (code) => lose(new Error(`The thread of ONNX Runtime ended with code ${code}.`)))
  const call = <M extends keyof Runner>(method: M, ...args: Parameters<Runner[M]>) =>
    new Promise((resolve, reject) => {
      if (gone) return reject(gone)
      const { value, buffers } = packed({ method, args } as Call)
      thread.postMessage(value, buffers)
      // After it: of a call that could not be sent, for lack of memory above all, no answer comes, and the next is another's.
      waiting.push({ resolve, reject })
    }) as ReturnType<Runner[M]>
  return {
    block: () => call('block'),
    open: (id, step) => call('open', id, step),
    run: (id, inputs) => call('run', id, inputs),
    close: (id) => call('close', id),
    setState: (state) => call('setState', state),
    getState: () => call('getState'),
    async dispose() {
      if (!gone) await call('dispose')
      await thread.terminate()
    },
  }
}
