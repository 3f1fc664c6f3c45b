import { useReactFlow } from '@xyflow/react'
import { useEffect, type RefObject } from 'react'
import { showCanvas } from './handle.js'
import { NODE, type Point } from '../../shared/pictures/route.js'
import { detailAt } from './detail.js'
import type { Scene } from './scene.js'
import { fitting, showsAll } from './viewport.js'

/** Let the rest of the window find things on this canvas; places are those of the picture, drawn or not. */
export function useCanvasHandle(frame: RefObject<HTMLDivElement | null>, scene: Scene): void {
  const flow = useReactFlow()
  useEffect(() => {
    const box = () => frame.current?.getBoundingClientRect() ?? new DOMRect()
    const show = (places: readonly Point[], largest?: number) =>
      void flow.setViewport(fitting(places, box(), largest), { duration: 160 })
    return showCanvas({
      reveal(ids) {
        const wanted = new Set(ids)
        const places = scene.nodes.filter((node) => wanted.has(node.id)).map((node) => node.at)
        const inSight = showsAll(places, flow.getViewport(), box()) && detailAt(flow.getZoom()) === 'full'
        if (!inSight) show(places, Math.min(1, Math.max(0.8, flow.getZoom())))
      },
      fit: () => show(scene.nodes.map((node) => node.at)),
      zoom(by) {
        if (by === 'one') void flow.zoomTo(1, { duration: 160 })
        else void (by === 'in' ? flow.zoomIn : flow.zoomOut)({ duration: 90 })
      },
      center() {
        const { left, top, width, height } = box()
        const { x, y } = flow.screenToFlowPosition({ x: left + width / 2, y: top + height / 2 })
        return [x - NODE.width / 2, y - NODE.height / 2]
      },
    })
  }, [flow, frame, scene])
}
