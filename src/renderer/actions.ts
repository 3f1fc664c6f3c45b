import { arrangeAndShow } from './canvas/arrange.js'
import { canvasHandle } from './canvas/handle.js'
import type { Host } from './host.js'

import { askForBlock, ungroupSelected } from './stores/blocks.js'
import { duplicateSelection } from './stores/clipboard.js'
import { newDocument, openNode, redo, shownTab, undo } from './stores/document.js'
import { deleteSelection, selectAll } from './stores/edits.js'
import { download, save } from './stores/files.js'
import { closeHelp, help, showHelp } from './stores/help.js'
import { goToPart } from './parts.js'
import { selectNothing, selection } from './stores/selection.js'
import { setFolded, settings, switchTheme, type SidePanel } from './stores/settings.js'
import { leaveBlock, openDialog, showSide, view, type Side } from './stores/view.js'
import { askToClose } from './stores/closing.js'

/** Something the user can do by keyboard or menu. */
export interface Action {
  readonly id: string
  readonly title: string
  readonly group: 'Documents' | 'Editing' | 'Canvas' | 'Window'
  /** Key bindings, the one to show first. */
  readonly keys: readonly string[]
  run(): void
}

/** What has a key but is done by the canvas itself; for the sheet of shortcuts. */
export const CANVAS_KEYS: readonly (readonly [title: string, keys: string])[] = [
  ['Copy, cut, paste nodes', '$mod+C, X, V'],
  ['Move the selected nodes', 'Arrow keys, with Shift four times as far'],
  ['Select several', 'Drag over empty canvas, or Shift+click'],
  ['Move the canvas', 'Scroll, or drag with Space or the right button'],
  ['Zoom', '$mod+scroll, or pinch'],
  ['Add by search', 'Double-click on empty canvas'],
]

/** Everything with a key or a menu entry, in one table. */
export function actionsOf({ api }: Host): readonly Action[] {
  const withTab = (act: (key: string) => void) => () => {
    const tab = shownTab()
    if (tab) act(tab.key)
  }
  return [
    action('gallery', 'New from template…', 'Documents', ['$mod+Shift+KeyN'], () => openDialog({ kind: 'gallery' })),
    action('new', 'New empty net', 'Documents', ['Alt+KeyN'], () => void newDocument()),
    action('open', 'Open…', 'Documents', ['$mod+KeyO'], () => openDialog({ kind: 'open' })),
    action(
      'save',
      'Save',
      'Documents',
      ['$mod+KeyS'],
      withTab((key) => void save(api, key)),
    ),
    action(
      'save-as',
      'Save as…',
      'Documents',
      ['$mod+Shift+KeyS'],
      withTab((key) => openDialog({ kind: 'save-as', key })),
    ),
    action('download', 'Download as file', 'Documents', [], () => {
      const tab = shownTab()
      if (tab) download(tab.history.present)
    }),
    action(
      'compare',
      'Compare with saved…',
      'Documents',
      [],
      withTab((key) => openDialog({ kind: 'compare', key })),
    ),
    action('close', 'Close tab', 'Documents', ['Alt+KeyW'], withTab(askToClose)),
    action('undo', 'Undo', 'Editing', ['$mod+KeyZ'], undo),
    action('redo', 'Redo', 'Editing', ['$mod+Shift+KeyZ', '$mod+KeyY'], redo),
    action('duplicate', 'Duplicate', 'Editing', ['$mod+KeyD'], duplicateSelection),
    action('select-all', 'Select all', 'Editing', ['$mod+KeyA'], selectAll),
    action('delete', 'Delete', 'Editing', ['Delete', 'Backspace'], deleteSelection),
    action('make-block', 'Make block…', 'Editing', ['$mod+KeyG'], askForBlock),
    action('ungroup', 'Ungroup', 'Editing', ['$mod+Shift+KeyG'], ungroupSelected),
    action('arrange', 'Arrange', 'Canvas', ['Shift+KeyA'], arrangeAndShow),
    action('open-block', 'Open the selected block', 'Canvas', ['$mod+Enter'], () =>
      openNode(selection.getState().nodes[0] ?? ''),
    ),
    action('back', 'Back to the net, or select nothing', 'Canvas', ['Escape'], back),
    action('fit', 'Show everything', 'Canvas', ['Shift+Digit1'], () => canvasHandle()?.fit()),
    action('zoom-in', 'Zoom in', 'Canvas', ['$mod+Equal'], () => canvasHandle()?.zoom('in')),
    action('zoom-out', 'Zoom out', 'Canvas', ['$mod+Minus'], () => canvasHandle()?.zoom('out')),
    action('zoom-one', 'Zoom to 100 %', 'Canvas', ['$mod+Digit0'], () => canvasHandle()?.zoom('one')),
    action('next-part', 'Go to the next part of the window', 'Window', ['F6'], () => goToPart(1)),
    action('previous-part', 'Go to the part before', 'Window', ['Shift+F6'], () => goToPart(-1)),
    action('search', 'Search layers and blocks to add', 'Window', ['$mod+KeyK'], goToSearch),
    action('outline', 'Go to the outline', 'Window', ['Alt+KeyO'], goToOutline),
    action('palette', 'Fold or show the palette', 'Window', ['$mod+KeyB'], () => fold('palette')),
    action('dock', 'Fold or show the dock', 'Window', ['$mod+KeyJ'], () => fold('dock')),
    action('inspector', 'Fold or show the inspector', 'Window', ['$mod+KeyI'], foldInspector),
    action('help', 'Help on what is selected', 'Window', ['F1'], askForHelp),
    action('engine', 'Fast engine…', 'Window', [], () => openDialog({ kind: 'engine' })),
    action('theme', 'Light or dark', 'Window', [], switchTheme),
    action('shortcuts', 'Keyboard shortcuts', 'Window', ['Shift+?'], () => openDialog({ kind: 'shortcuts' })),
    action('about', 'About Netwright', 'Window', [], () => openDialog({ kind: 'about' })),
  ]
}

function action(id: string, title: string, group: Action['group'], keys: readonly string[], run: () => void): Action {
  return { id, title, group, keys, run }
}

function back(): void {
  if (view.getState().inside !== undefined) leaveBlock()
  else selectNothing()
}

function goToOutline(): void {
  goToSide('outline', '.outline-list')
}

function goToSearch(): void {
  goToSide('add', '.palette-search input')
}

/** What is on the left has the keyboard once it is drawn. */
function goToSide(side: Side, place: string): void {
  setFolded('palette', false)
  showSide(side)
  requestAnimationFrame(() => document.querySelector<HTMLElement>(place)?.focus())
}

function fold(panel: SidePanel): void {
  setFolded(panel, !settings.getState().folded[panel])
}

/** The inspector shows help, wherever it was before; asked again, settings. */
function askForHelp(): void {
  if (help.getState().isOpen) return closeHelp()
  setFolded('inspector', false)
  view.setState({ inspectorOut: true })
  showHelp()
}

/** In a narrow window the inspector lies over the canvas. */
export function foldInspector(): void {
  fold('inspector')
  view.setState((s) => ({ inspectorOut: !s.inspectorOut }))
}
