import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { selection } from './selection.js'

/** What the inspector shows: settings, or the reference of what is selected, or of a page that was asked for. */
export interface HelpState {
  readonly isOpen: boolean
  /** Page that was asked for by name; left out: the page of what is selected. */
  readonly page?: string
}

export const help = createStore<HelpState>(() => ({ isOpen: false }))

export function useHelp<T>(select: (state: HelpState) => T): T {
  return useStore(help, select)
}

/** Show the page of what is selected, or one by its name. */
export function showHelp(page?: string): void {
  help.setState(page === undefined ? { isOpen: true } : { isOpen: true, page }, true)
}

/** Show settings again. */
export function closeHelp(): void {
  help.setState({ isOpen: false }, true)
}

/** Help follows what is selected, also after another page was asked for. */
selection.subscribe(({ nodes }) => {
  if (nodes.length > 0) help.setState(({ isOpen }) => ({ isOpen }), true)
})
