import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import type { LibraryBlock } from '../../shared/api.js'
import { select } from './selection.js'

/** The dialog over the window, if any. */
export type OpenDialog =
  | { readonly kind: 'gallery' }
  | { readonly kind: 'open' }
  | { readonly kind: 'save-as'; readonly key: string; readonly thenClose?: boolean }
  | { readonly kind: 'unsaved'; readonly key: string }
  | { readonly kind: 'changed-on-disk'; readonly key: string }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'about' }
  | { readonly kind: 'engine' }
  | { readonly kind: 'make-block' }
  | { readonly kind: 'replace-block'; readonly name: string }
  | { readonly kind: 'remove-block'; readonly entry: LibraryBlock }
  | { readonly kind: 'compare'; readonly key: string }
  | { readonly kind: 'compare-runs'; readonly before: string; readonly after: string }

/** What the panel left of the canvas shows. */
export type Side = 'add' | 'outline'

export interface ViewState {
  readonly side: Side
  readonly dialog?: OpenDialog
  /** Path of the block whose inside is shown: ids of the nodes that were entered, `stem/inner`. */
  readonly inside?: string
  /** The overlay inspector of a narrow window is out. */
  readonly inspectorOut: boolean
}

export const view = createStore<ViewState>(() => ({ inspectorOut: false, side: 'add' }))

export function useView<T>(select: (state: ViewState) => T): T {
  return useStore(view, select)
}

export function openDialog(dialog: OpenDialog): void {
  view.setState({ dialog })
}

export function closeDialog(): void {
  view.setState(({ dialog: _, ...rest }) => rest, true)
}

/** Show another tab left of the canvas. */
export function showSide(side: Side): void {
  view.setState({ side })
}

/** Show the inside of a block by its path, or with `undefined` the document again; on the way back the block is selected. */
export function enterBlock(path: string | undefined): void {
  const before = view.getState().inside
  if (path === before) return
  view.setState(({ inside: _, ...rest }) => (path === undefined ? rest : { ...rest, inside: path }), true)
  const isBack = before !== undefined && (path === undefined || before.startsWith(`${path}/`))
  const [left] = isBack ? before.slice(path === undefined ? 0 : path.length + 1).split('/') : []
  select(left === undefined ? [] : [left])
}

/** Show what is around the block that is open. */
export function leaveBlock(): void {
  const { inside } = view.getState()
  const end = inside?.lastIndexOf('/') ?? -1
  enterBlock(end < 0 ? undefined : inside?.slice(0, end))
}
