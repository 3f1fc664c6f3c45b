import { useEffect, type FocusEvent, type PointerEvent } from 'react'
import { pointAt, type Hovered } from './hovered.js'

/** What an element of the canvas belongs to. */
function thingAt(element: EventTarget): Hovered {
  const thing = (element as Element).closest<HTMLElement>('.react-flow__node, .react-flow__edge')
  const id = thing?.dataset['id']
  if (id === undefined) return {}
  return thing?.classList.contains('react-flow__node') ? { node: id } : { wire: id }
}

const FOLLOWING = {
  onPointerOver: ({ target, buttons }: PointerEvent) => {
    if (buttons === 0) pointAt(thingAt(target))
  },
  onPointerDown: () => pointAt({ pressed: true }),
  onPointerLeave: () => pointAt(),
  onFocus: ({ target }: FocusEvent) => {
    if (target.matches(':focus-visible')) pointAt(thingAt(target))
  },
  onBlur: () => pointAt(),
}

/** What a canvas listens to so that it knows where pointer and keyboard are. */
export function useHover() {
  useEffect(() => {
    const hide = ({ key }: KeyboardEvent) => key === 'Escape' && pointAt({ pressed: true })
    // Also where the key means something else, too.
    window.addEventListener('keydown', hide, { capture: true })
    return () => {
      window.removeEventListener('keydown', hide, { capture: true })
      pointAt()
    }
  }, [])
  return FOLLOWING
}
