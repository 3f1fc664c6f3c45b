import type { TrainingEvent } from '../../shared/training/events.js'

/** At most 20 messages a second, so that the parent and the window stay free whatever the speed of the steps. */
const INTERVAL_MS = 50

export interface EventQueue {
  /** Add an event; throws what went wrong with earlier ones. */
  push(event: TrainingEvent): void
  /** Hand out everything now and wait until it is kept. */
  flush(): Promise<void>
}

/** Collects events and hands them to `deliver` in groups, in order, one group at a time. */
export function eventQueue(deliver: (events: readonly TrainingEvent[]) => Promise<void>): EventQueue {
  let waiting: TrainingEvent[] = []
  let timer: NodeJS.Timeout | undefined
  let delivered: Promise<void> = Promise.resolve()
  let failure: unknown

  const send = () => {
    clearTimeout(timer)
    timer = undefined
    const events = waiting
    waiting = []
    if (events.length === 0) return
    delivered = delivered.then(() => deliver(events)).catch((error: unknown) => void (failure ??= error))
  }
  return {
    push(event) {
      if (failure !== undefined) throw failure
      waiting.push(event)
      timer ??= setTimeout(send, INTERVAL_MS)
    },
    async flush() {
      send()
      await delivered
      if (failure !== undefined) throw failure
    },
  }
}
