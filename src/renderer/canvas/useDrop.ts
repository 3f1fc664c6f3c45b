import { useReactFlow } from '@xyflow/react'
import { useMemo, type DragEvent, type RefObject } from 'react'
import { kindOf } from '../../shared/document/kinds.js'
import { shownDocument } from '../stores/document.js'
import { addAt, addOnWire, wireOf } from '../stores/edits.js'
import { DRAGGED_KIND } from '../catalogue/drag.js'
import { NODE } from '../../shared/pictures/route.js'

/** What a palette entry dropped on the canvas does: a new node there, or in the wire under the pointer. */
export function useDrop(frame: RefObject<HTMLDivElement | null>) {
  const flow = useReactFlow()
  return useMemo(
    () => ({
      onDragOver(event: DragEvent) {
        if (!event.dataTransfer.types.includes(DRAGGED_KIND)) return
        event.preventDefault()
        event.dataTransfer.dropEffect = 'copy'
        mark(frame.current, wireUnder(event))
      },
      onDragLeave: () => mark(frame.current, undefined),
      onDrop(event: DragEvent) {
        const type = event.dataTransfer.getData(DRAGGED_KIND)
        mark(frame.current, undefined)
        if (!type || !kindOf(type)) return
        event.preventDefault()
        const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })
        const at = [snap(x - NODE.width / 2), snap(y - NODE.height / 2)] as const
        const key = wireUnder(event)
        const document = shownDocument()
        const wire = key && document && wireOf(document, key)
        const fits = kindOf(type)?.hasOutput && kindOf(type)?.inputs !== 'none'
        if (wire && fits) addOnWire(type, wire, at)
        else addAt(type, at)
      },
    }),
    [flow, frame],
  )
}

/** The wire below the pointer, by its key. */
function wireUnder(event: DragEvent): string | undefined {
  const found = document.elementsFromPoint(event.clientX, event.clientY).find((e) => e.closest('.react-flow__edge'))
  return found?.closest('.react-flow__edge')?.getAttribute('data-id') ?? undefined
}

function mark(frame: HTMLDivElement | null, key: string | undefined): void {
  frame?.querySelectorAll('.drop-here').forEach((element) => element.classList.remove('drop-here'))
  if (key) frame?.querySelector(`.react-flow__edge[data-id="${CSS.escape(key)}"]`)?.classList.add('drop-here')
}

function snap(value: number): number {
  return Math.round(value / 4) * 4
}
