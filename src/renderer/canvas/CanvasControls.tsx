import { Panel, useReactFlow, useStore } from '@xyflow/react'
import { Maximize, Minus, Plus, Workflow } from 'lucide-react'
import { arrangeAndShow } from './arrange.js'
import { canvasHandle } from './handle.js'
import { IconButton } from '../ui/Button.js'

/** Zoom, fit, and on a document automatic layout. */
export function CanvasControls({ editable }: { readonly editable: boolean }) {
  const { zoomIn, zoomOut, zoomTo } = useReactFlow()
  const zoom = useStore((s) => Math.round(s.transform[2] * 100))
  return (
    <Panel position="bottom-right" className="canvas-controls">
      <IconButton icon={Minus} label="Zoom out" onPress={() => void zoomOut({ duration: 90 })} />
      <button
        type="button"
        className="zoom-value"
        aria-label="Zoom to 100 %"
        onClick={() => void zoomTo(1, { duration: 160 })}
      >
        {zoom} %
      </button>
      <IconButton icon={Plus} label="Zoom in" onPress={() => void zoomIn({ duration: 90 })} />
      <IconButton icon={Maximize} label="Show everything" onPress={() => canvasHandle()?.fit()} />
      {editable && <IconButton icon={Workflow} label="Arrange" onPress={arrangeAndShow} />}
    </Panel>
  )
}
