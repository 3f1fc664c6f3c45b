import type { EventName, Events } from '../../shared/api.js'

/** Pushes of the services to every wire. */
export interface Emitter {
  on<E extends EventName>(event: E, listener: (data: Events[E]) => void): () => void
  emit<E extends EventName>(event: E, data: Events[E]): void
}

/** An emitter without listeners; one listener that throws does not keep the push from the others. */
export function createEmitter(): Emitter {
  const listeners: { [E in EventName]: Set<(data: Events[E]) => void> } = {
    'training.events': new Set(),
    'runs.changed': new Set(),
    'engine.changed': new Set(),
    'app.asked': new Set(),
  }
  return {
    on(event, listener) {
      listeners[event].add(listener)
      return () => void listeners[event].delete(listener)
    },
    emit(event, data) {
      for (const listener of listeners[event]) {
        try {
          listener(data)
        } catch (error) {
          console.error(error)
        }
      }
    },
  }
}
