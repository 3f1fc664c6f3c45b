import type { FromTrainer, ToTrainer } from './jobs.js'

/** The process that started this one: Node's `fork` or Electron's `utilityProcess`. */
export interface Parent {
  send(message: FromTrainer): void
  onMessage(listener: (message: ToTrainer) => void): void
  /** Called when the parent is gone. */
  onGone(listener: () => void): void
}

/** The part of Electron's `process.parentPort` that is used; Electron itself is not imported here. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (event: { data: ToTrainer }) => void): void
  on(event: 'close', listener: () => void): void
}

/** The wire to the parent; an error if there is none, since a trainer alone has nothing to do. */
export function openParent(): Parent {
  const { parentPort } = process as { parentPort?: ParentPort }
  if (parentPort) {
    return {
      send: (message) => parentPort.postMessage(message),
      onMessage: (listener) => parentPort.on('message', ({ data }) => listener(data)),
      onGone: (listener) => parentPort.on('close', listener),
    }
  }
  if (!process.send) throw new Error('The trainer is started by Netwright, with a channel to it.')
  return {
    // A message to a parent that has just gone is lost, which is all that can be done with it.
    send: (message) => void process.send?.(message, undefined, undefined, () => undefined),
    onMessage: (listener) => process.on('message', listener),
    onGone: (listener) => process.on('disconnect', listener),
  }
}
