import { useReactFlow } from '@xyflow/react'
import { useLayoutEffect, type RefObject } from 'react'

/** Keep what the canvas shows at its place on the screen while a panel at its left or top opens, folds or is resized. */
export function useSteady(frame: RefObject<HTMLDivElement | null>): void {
  const flow = useReactFlow()
  useLayoutEffect(() => {
    const element = frame.current
    if (!element) return
    let { left, top } = element.getBoundingClientRect()
    const observer = new ResizeObserver(() => {
      const now = element.getBoundingClientRect()
      const [dx, dy] = [left - now.left, top - now.top]
      ;({ left, top } = now)
      if (dx === 0 && dy === 0) return
      const { x, y, zoom } = flow.getViewport()
      void flow.setViewport({ x: x + dx, y: y + dy, zoom })
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [flow, frame])
}
