import type { KeyboardEvent } from 'react'
import { Focusable } from 'react-aria-components/Focusable'
import { Tooltip, TooltipTrigger } from 'react-aria-components/Tooltip'
import { canvasHandle } from '../canvas/handle.js'
import { DRAGGED_KIND } from '../catalogue/drag.js'
import { FamilyIcon } from '../catalogue/FamilyIcon.js'
import { newDocument, shownDocument } from '../stores/document.js'
import { addAfterSelection } from '../stores/edits.js'
import { PaletteTip } from './PaletteTip.js'

interface Props {
  readonly type: string
  readonly title: string
  readonly doc: string
  readonly onAdd: () => void
}

/** An entry of the palette: drag it onto the canvas, or press it to add it behind the selected node. */
export function PaletteItem({ type, title, doc, onAdd }: Props) {
  return (
    <TooltipTrigger delay={700} closeDelay={0}>
      <Focusable>
        <button
          type="button"
          className="palette-item"
          draggable
          onClick={onAdd}
          onKeyDown={moveFocus}
          onDragStart={(event) => {
            event.dataTransfer.setData(DRAGGED_KIND, type)
            event.dataTransfer.effectAllowed = 'copy'
          }}
        >
          <FamilyIcon type={type} />
          <span className="palette-name">{title}</span>
        </button>
      </Focusable>
      <Tooltip className="tooltip palette-tip" placement="right top" offset={8}>
        <PaletteTip type={type} doc={doc} />
      </Tooltip>
    </TooltipTrigger>
  )
}

/** Add a layer or block behind the selected node, in a new document if none is open. */
export function addKind(type: string): void {
  if (!shownDocument()) newDocument()
  addAfterSelection(type, canvasHandle()?.center() ?? [0, 0])
}

/** Arrow keys walk through the entries. */
function moveFocus(event: KeyboardEvent<HTMLButtonElement>): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
  if (step === undefined) return
  event.preventDefault()
  const items = itemsAround(event.currentTarget)
  items[items.indexOf(event.currentTarget) + step]?.focus()
}

/** The entries of the palette around an element. */
export function itemsAround(element: Element): HTMLButtonElement[] {
  return [...(element.closest('.palette')?.querySelectorAll<HTMLButtonElement>('.palette-item') ?? [])]
}
