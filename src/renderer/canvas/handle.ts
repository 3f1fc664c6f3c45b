import type { Point } from '../../shared/pictures/route.js'

/** What the rest of the window may ask of the canvas that shows. */
export interface CanvasHandle {
  /** Bring nodes into view, calmly; nothing moves if they can be read already. */
  reveal(ids: readonly string[]): void
  /** Show everything. */
  fit(): void
  zoom(by: 'in' | 'out' | 'one'): void
  /** The middle of what shows, on the canvas. */
  center(): Point
}

let shown: CanvasHandle | undefined

/** The canvas that shows, if one does. */
export function canvasHandle(): CanvasHandle | undefined {
  return shown
}

/** Register the canvas that shows; returns the function that takes it back. */
export function showCanvas(handle: CanvasHandle): () => void {
  shown = handle
  return () => {
    if (shown === handle) shown = undefined
  }
}
