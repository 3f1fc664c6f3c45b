import { useEffect, type FocusEvent, type KeyboardEvent, type PointerEvent } from 'react'
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
  onKeyDown: ({ key }: KeyboardEvent) => {
    if (key === 'Escape') pointAt({ pressed: true })
  },
}

/** What a canvas listens to so that it knows where pointer and keyboard are. */
export function useHover() {
  useEffect(() => () => pointAt(), [])
  return FOLLOWING
}
