import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { errorData } from '../../shared/errors.js'

/** A short message that answers something the user did; errors stay until they are closed. */
export interface Notice {
  readonly id: number
  readonly kind: 'info' | 'error'
  readonly message: string
  readonly hint?: string
}

export const notices = createStore<{ readonly shown: readonly Notice[] }>(() => ({ shown: [] }))

let last = 0

/** Show a message; an information gives way to the next one. */
export function say(message: string, hint?: string): void {
  add({ id: ++last, kind: 'info', message, ...(hint ? { hint } : {}) })
}

/** Show anything thrown: what happened, to which file if that is not said, and how to mend it. */
export function sayError(error: unknown, file?: string): void {
  const { message, hint } = errorData(error)
  const words = file === undefined || message.includes(file) ? message : `${file}: ${message}`
  add({ id: ++last, kind: 'error', message: words, ...(hint ? { hint } : {}) })
}

/** The same words are not said twice. */
function add(notice: Notice): void {
  const isOther = ({ kind, message }: Notice) => kind === 'error' && message !== notice.message
  notices.setState(({ shown }) => ({ shown: [...shown.filter(isOther).slice(-2), notice] }))
}

/** Take a message away. */
export function closeNotice(id: number): void {
  notices.setState(({ shown }) => ({ shown: shown.filter((n) => n.id !== id) }))
}

export function useNotices(): readonly Notice[] {
  return useStore(notices, (s) => s.shown)
}
