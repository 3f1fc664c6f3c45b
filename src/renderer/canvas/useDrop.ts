import { useReactFlow } from '@xyflow/react'
import { useMemo, type DragEvent, type RefObject } from 'react'
import { kindIn } from '../../shared/document/kinds.js'
import { ownName } from '../../shared/document/own-blocks.js'
import { snap } from '../../shared/graph/layout.js'
import { shownDocument } from '../stores/document.js'
import { addAt, addOnWire, wireOf } from '../stores/edits.js'
import { useLibrary } from '../stores/library.js'
import { DRAGGED_KIND } from '../catalogue/drag.js'
import { NODE } from '../../shared/pictures/route.js'

/** What a palette entry dropped on the canvas does: a new node there, or in the wire under the pointer. */
export function useDrop(frame: RefObject<HTMLDivElement | null>) {
  const flow = useReactFlow()
  const library = useLibrary()
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
        const key = wireUnder(event)
        mark(frame.current, undefined)
        const document = shownDocument()
        if (!type || !document) return
        event.preventDefault()
        const { x, y } = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })
        const at = [snap(x - NODE.width / 2), snap(y - NODE.height / 2)] as const
        const name = ownName(type)
        if (kindIn(document, type)) put(type, at, key)
        else if (name !== undefined) void library.take(name).then((taken) => taken !== undefined && put(taken, at, key))
      },
    }),
    [flow, frame, library],
  )
}

/** A new node at a place, or in a wire where it fits into one. */
function put(type: string, at: readonly [number, number], key: string | undefined): void {
  const document = shownDocument()
  const kind = document && kindIn(document, type)
  if (!document || !kind) return
  const wire = key === undefined ? undefined : wireOf(document, key)
  if (wire && kind.hasOutput && kind.inputs !== 'none') addOnWire(type, wire, at)
  else addAt(type, at)
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
