import {
  Background,
  BackgroundVariant,
  ReactFlow,
  SelectionMode,
  useReactFlow,
  type OnMove,
  type Viewport,
} from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import './node.css'
import './wire.css'
import { useEffect, useRef, useState } from 'react'
import { enterBlock } from '../stores/view.js'
import { CanvasControls } from './CanvasControls.js'
import { ConnectionLine } from './ConnectionLine.js'
import { showCanvas } from './handle.js'
import { LayerNode } from './LayerNode.js'
import { Overview } from './Overview.js'
import { QuickAdd, type QuickAddPlace } from './QuickAdd.js'
import { NODE } from './route.js'
import type { Scene } from './scene.js'
import { useConnecting } from './useConnecting.js'
import { useDrop } from './useDrop.js'
import { useFlow } from './useFlow.js'
import { useSteady } from './useSteady.js'
import { hoveredWire, WireEdge } from './WireEdge.js'

const NODE_TYPES = { layer: LayerNode }
const EDGE_TYPES = { wire: WireEdge }
const FIT = { padding: { x: '24px', top: '20px', bottom: '56px' }, maxZoom: 1, minZoom: 0.05 } as const

const ORIGIN: Viewport = { x: 0, y: 0, zoom: 1 }

/** Above so many nodes only those in sight are drawn. */
const MANY = 300

/** Where each picture was left, for the time the window is open. */
const left = new Map<string, Viewport>()

/** The canvas itself: nodes and wires to look at, move, join, add and remove. */
export function Picture({ scene, viewKey }: { readonly scene: Scene; readonly viewKey: string }) {
  const frame = useRef<HTMLDivElement>(null)
  const [quickAdd, setQuickAdd] = useState<QuickAddPlace>()
  const flow = useFlow(scene)
  const connecting = useConnecting(setQuickAdd)
  const drop = useDrop(frame)
  useHandle(frame)
  useSteady(frame)
  const remember: OnMove = (_, viewport) => {
    left.set(viewKey, viewport)
    frame.current?.setAttribute('data-detail', detailAt(viewport.zoom))
  }
  const before = left.get(viewKey)
  // With nothing to fit, the library would wait and jump at the first node.
  const [empty] = useState(scene.nodes.length === 0)
  return (
    <div ref={frame} className="canvas" data-detail="full" {...drop} onDoubleClick={(e) => quickAddAt(e, setQuickAdd)}>
      <ReactFlow
        aria-label={scene.editable ? 'Canvas' : 'Inside of the block'}
        nodes={flow.nodes}
        edges={flow.edges}
        onNodesChange={flow.onNodesChange}
        onEdgesChange={flow.onEdgesChange}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        connectionLineComponent={ConnectionLine}
        {...connecting}
        onEdgeMouseEnter={(_, edge) => hoveredWire.setState({ key: edge.id }, true)}
        onEdgeMouseLeave={() => hoveredWire.setState({}, true)}
        onNodeDoubleClick={(_, node) => node.data.scene.openable && enterBlock(node.id)}
        onMove={remember}
        {...((before ?? empty) ? { defaultViewport: before ?? ORIGIN } : { fitView: true, fitViewOptions: FIT })}
        minZoom={0.05}
        maxZoom={2}
        nodesDraggable={scene.editable}
        nodesConnectable={scene.editable}
        edgesReconnectable={false}
        snapToGrid
        snapGrid={[4, 4]}
        selectionOnDrag
        selectionMode={SelectionMode.Partial}
        panOnDrag={[1, 2]}
        panOnScroll
        panActivationKeyCode="Space"
        multiSelectionKeyCode={['Meta', 'Control', 'Shift']}
        deleteKeyCode={null}
        zoomOnDoubleClick={false}
        connectionRadius={24}
        onlyRenderVisibleElements={scene.nodes.length > MANY}
        proOptions={{ hideAttribution: true }}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1.5} />
        <Overview />
        <CanvasControls editable={scene.editable} />
      </ReactFlow>
      {scene.editable && scene.nodes.length === 0 && (
        <p className="canvas-hint">Drag a layer from the left, or double-click here to search for one.</p>
      )}
      {quickAdd && scene.editable && <QuickAdd place={quickAdd} onClose={() => setQuickAdd(undefined)} />}
    </div>
  )

  function quickAddAt(event: React.MouseEvent, open: (place: QuickAddPlace) => void): void {
    const onPane = (event.target as Element).classList.contains('react-flow__pane')
    if (onPane) open({ screen: [event.clientX, event.clientY] })
  }
}

function detailAt(zoom: number): 'full' | 'names' | 'blocks' {
  if (zoom >= 0.5) return 'full'
  return zoom >= 0.22 ? 'names' : 'blocks'
}

/** Let the rest of the window find things on this canvas. */
function useHandle(frame: React.RefObject<HTMLDivElement | null>): void {
  const flow = useReactFlow()
  useEffect(
    () =>
      showCanvas({
        reveal(ids) {
          const nodes = ids.map((id) => ({ id }))
          void flow.fitView({ nodes, padding: 0.4, maxZoom: Math.max(0.8, flow.getZoom()), duration: 160 })
        },
        fit: () => void flow.fitView({ ...FIT, duration: 160 }),
        zoom(by) {
          if (by === 'one') void flow.zoomTo(1, { duration: 160 })
          else void (by === 'in' ? flow.zoomIn : flow.zoomOut)({ duration: 90 })
        },
        center() {
          const box = frame.current?.getBoundingClientRect()
          const middle = { x: (box?.left ?? 0) + (box?.width ?? 0) / 2, y: (box?.top ?? 0) + (box?.height ?? 0) / 2 }
          const { x, y } = flow.screenToFlowPosition(middle)
          return [x - NODE.width / 2, y - NODE.height / 2]
        },
      }),
    [flow, frame],
  )
}
