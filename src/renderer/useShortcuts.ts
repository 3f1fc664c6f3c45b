import { useEffect } from 'react'
import { tinykeys } from 'tinykeys'
import type { Action } from './actions.js'
import { canvasHandle } from './canvas/handle.js'
import { copiedText, cutText, pasteText } from './stores/clipboard.js'
import { sayError } from './stores/notices.js'
import { selection } from './stores/selection.js'
import { view } from './stores/view.js'

/** Act on keys and on the system's clipboard, except where text is being edited or a dialog is open. */
export function useShortcuts(actions: readonly Action[]): void {
  useEffect(() => {
    const bindings = actions.flatMap(({ keys, run }) =>
      keys.map((key) => [key, (event: KeyboardEvent) => mayAct(event, key) && act(event, run)] as const),
    )
    // Before the canvas library, which takes Enter and the arrow keys of a focused node whatever is held with them.
    const stopKeys = tinykeys(window, Object.fromEntries(bindings), { capture: true })
    const stopClipboard = onClipboard()
    return () => {
      stopKeys()
      stopClipboard()
    }
  }, [actions])
}

function act(event: KeyboardEvent, run: () => void): void {
  event.preventDefault()
  event.stopPropagation()
  run()
}

/** Commands with a modifier work while text is edited too, if they mean nothing there. */
const ALSO_IN_TEXT = new Set([
  ...['$mod+KeyS', '$mod+Shift+KeyS', '$mod+KeyO', '$mod+KeyB', '$mod+KeyJ', '$mod+KeyI', '$mod+KeyK'],
  ...['F1', 'F6', 'Shift+F6', 'Alt+KeyO'],
])

function mayAct(event: KeyboardEvent, key: string): boolean {
  if (view.getState().dialog || isInOverlay(event.target)) return false
  return ALSO_IN_TEXT.has(key) || !isText(event.target)
}

/** Inputs that take no text: keys but their own mean the same there as elsewhere. */
const NO_TEXT = ['checkbox', 'radio', 'range', 'file'].map((type) => `:not([type=${type}])`).join('')
const TEXT = `input${NO_TEXT}, textarea, select, [contenteditable]`

function isText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest(TEXT) !== null
}

/** Menus, popovers and dialogs have their own keys. */
function isInOverlay(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('[role=dialog], [role=menu], .popover') !== null
}

function onClipboard(): () => void {
  const take = (text: () => string | undefined) => (event: ClipboardEvent) => {
    const selected = window.getSelection()?.isCollapsed === false
    if (isText(event.target) || selected || view.getState().dialog) return
    const copied = text()
    if (copied === undefined || !event.clipboardData) return
    event.clipboardData.setData('text/plain', copied)
    event.preventDefault()
  }
  const onCopy = take(copiedText)
  const onCut = take(cutText)
  const onPaste = (event: ClipboardEvent) => {
    if (isText(event.target) || view.getState().dialog) return
    const text = event.clipboardData?.getData('text/plain')
    if (!text) return
    event.preventDefault()
    try {
      pasteText(text)
      // They are drawn by then; another window may have them far from what shows here.
      requestAnimationFrame(() => canvasHandle()?.reveal(selection.getState().nodes))
    } catch (error) {
      sayError(error)
    }
  }
  const listeners = [
    ['copy', onCopy],
    ['cut', onCut],
    ['paste', onPaste],
  ] as const
  for (const [event, listener] of listeners) document.addEventListener(event, listener)
  return () => {
    for (const [event, listener] of listeners) document.removeEventListener(event, listener)
  }
}
