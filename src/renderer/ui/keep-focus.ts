/**
 * Focus a dialog itself when what had the focus inside it is removed or disabled: the focus would fall to the page behind,
 * where Escape and Tab mean something else. A callback ref; returns the function that ends it.
 */
export function keepFocusInside(dialog: HTMLElement | null): (() => void) | undefined {
  if (!dialog) return undefined
  const lost = () => {
    const focused = document.activeElement
    return !focused || focused === document.body || (dialog.contains(focused) && focused.matches(':disabled'))
  }
  const bringBack = () => lost() && dialog.focus({ preventScroll: true })
  const observer = new MutationObserver(bringBack)
  observer.observe(dialog, { subtree: true, childList: true, attributeFilter: ['disabled'] })
  return () => observer.disconnect()
}
