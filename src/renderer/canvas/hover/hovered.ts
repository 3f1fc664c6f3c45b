import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

/** Name of what is said about a node, for the node's description. */
export const TIP_ID = 'node-tip'

/** The node or wire that the pointer or the keyboard is at. */
export interface Hovered {
  readonly node?: string
  readonly wire?: string
  /** It is being moved, opened or joined, and needs no words. */
  readonly pressed?: true
}

const NOTHING: Hovered = {}

const hovered = createStore<Hovered>(() => NOTHING)

export function useHovered<T>(select: (state: Hovered) => T): T {
  return useStore(hovered, select)
}

/** The pointer or the keyboard is at this now; without an argument at nothing. */
export function pointAt(next: Hovered = NOTHING): void {
  const now = hovered.getState()
  const isSame = now.node === next.node && now.wire === next.wire && now.pressed === next.pressed
  if (!isSame) hovered.setState(next, true)
}
