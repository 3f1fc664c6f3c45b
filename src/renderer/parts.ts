/** The parts of the window that the keyboard goes round, in the order of reading. */
const PARTS = ['.top', '#palette', '#canvas', '#inspector, .side-overlay', '#dock']

const FOCUSABLE = ['button', 'input', 'select', 'textarea', '[tabindex]']
  .map((kind) => `${kind}:not([tabindex='-1'], [disabled], [aria-hidden='true'], [aria-hidden='true'] *)`)
  .join(', ')

/** Where the keyboard was when it last left each part. */
const left = new Map<Element, HTMLElement>()

/** Give the keyboard to the next part of the window that can take it, or to the one before: to where it was there, or to its first place. */
export function goToPart(step: 1 | -1): void {
  const parts = PARTS.flatMap((part) => document.querySelector<HTMLElement>(part) ?? [])
  const active = document.activeElement
  const here = parts.findIndex((part) => part.contains(active))
  if (active instanceof HTMLElement && here >= 0) left.set(parts[here]!, active)
  const first = here < 0 && step > 0 ? -1 : Math.max(here, 0)
  const round = parts.map((_, i) => parts[(first + step * (i + 1) + parts.length) % parts.length]!)
  round.some(takesFocus)
}

/**
 * The keyboard falls to nowhere when what has it goes away or is disabled: a problem that is fixed, a card that opens a net, a
 * button that waits. It comes back to that place, or to the nearest one that is left. Returns the function that ends this.
 */
export function keepFocus(): () => void {
  let last: { readonly place: HTMLElement; readonly around: readonly HTMLElement[] } | undefined
  const follow = ({ target }: FocusEvent) => {
    if (target instanceof HTMLElement) last = { place: target, around: ancestors(target) }
  }
  const forget = () => (last = undefined)
  const observer = new MutationObserver(() => {
    if (!last || document.activeElement !== document.body) return
    if (last.place.isConnected) last.place.focus({ preventScroll: true })
    else last.around.filter(({ isConnected }) => isConnected).some(takesFocus)
  })
  observer.observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] })
  addEventListener('focusin', follow)
  // A press on what takes no keyboard means to leave it.
  addEventListener('pointerdown', forget, { capture: true })
  return () => {
    observer.disconnect()
    removeEventListener('focusin', follow)
    removeEventListener('pointerdown', forget, { capture: true })
  }
}

/** What an element stands in, nearest first, up to the window. */
function ancestors(element: HTMLElement): HTMLElement[] {
  const { parentElement } = element
  return !parentElement || parentElement === document.body ? [] : [parentElement, ...ancestors(parentElement)]
}

function takesFocus(part: HTMLElement): boolean {
  const all = (places: string) => [...part.querySelectorAll<HTMLElement>(places)]
  const before = left.get(part)
  const places = [
    ...all('.react-flow__node.selected'),
    ...(before?.isConnected ? [before] : []),
    ...all('.react-flow__node'),
    ...all(FOCUSABLE),
  ]
  return places.some((place) => {
    // Hidden and inert things do not take it.
    place.focus()
    return document.activeElement === place
  })
}
