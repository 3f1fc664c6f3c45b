import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { AppError, errorData } from '../../../shared/errors.js'
import { LocalRunner, type RunnerOptions } from './runner.js'
import { packed, type Answer, type Call } from './thread-messages.js'

/** Entry of the thread in which ONNX Runtime computes: makes the calls of its parent one after the other. */
const parent = parentPort as MessagePort
const runner = new LocalRunner(workerData as RunnerOptions)
let last: Promise<void> = Promise.resolve()

parent.on('message', (call: Call) => {
  last = last.then(() => make(call))
})

async function make({ method, args }: Call): Promise<void> {
  const { value: answer, buffers } = packed<Answer>(await answerTo(method, args))
  parent.postMessage(answer, buffers)
}

async function answerTo(method: Call['method'], args: readonly unknown[]): Promise<Answer> {
  try {
    const run = runner[method] as (...args: readonly unknown[]) => Promise<unknown>
    return { value: await run.apply(runner, [...args]) }
  } catch (error) {
    if (error instanceof AppError) return { error: errorData(error) }
    return { error: error instanceof Error ? error.message : String(error) }
  }
}
