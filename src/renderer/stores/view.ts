import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'

/** The dialog over the window, if any. */
export type OpenDialog =
  | { readonly kind: 'gallery' }
  | { readonly kind: 'open' }
  | { readonly kind: 'save-as'; readonly key: string; readonly thenClose?: boolean }
  | { readonly kind: 'unsaved'; readonly key: string }
  | { readonly kind: 'changed-on-disk'; readonly key: string }
  | { readonly kind: 'shortcuts' }
  | { readonly kind: 'about' }

/** What the panel left of the canvas shows. */
export type Side = 'add' | 'outline'

export interface ViewState {
  readonly side: Side
  readonly dialog?: OpenDialog
  /** Block of the shown document whose inside is shown. */
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

/** Show the inside of a block, or with `undefined` the document again. */
export function enterBlock(id: string | undefined): void {
  view.setState(({ inside: _, ...rest }) => (id === undefined ? rest : { ...rest, inside: id }), true)
}
