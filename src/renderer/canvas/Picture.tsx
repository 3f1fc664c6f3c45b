import {
  Background,
  BackgroundVariant,
  ReactFlow,
  SelectionMode,
  useReactFlow,
  useStoreApi,
  type OnMove,
  type Viewport,
} from '@xyflow/react'
import '@xyflow/react/dist/base.css'
import './node.css'
import './wire.css'
import { useLayoutEffect, useRef, useState, type MouseEvent, type RefObject } from 'react'
import { GRID } from '../../shared/graph/layout.js'
import type { Point } from '../../shared/pictures/route.js'
import { select, selection } from '../stores/selection.js'
import { openNode } from '../stores/document.js'
import { CanvasControls } from './CanvasControls.js'
import { ConnectionLine } from './ConnectionLine.js'
import { DetailContext, detailAt, useDrawnDetail } from './detail.js'
import { FarPicture, nodeAt } from './FarPicture.js'
import { canvasHandle } from './handle.js'
import { HeatLegend } from './heat/HeatLegend.js'
import { HeatContext, useHeat } from './heat/useHeat.js'
import { pointAt } from './hover/hovered.js'
import { Tips } from './hover/Tips.js'
import { useHover } from './hover/useHover.js'
import { LayerNode } from './LayerNode.js'
import { NodeMenu } from './NodeMenu.js'
import { Overview } from './Overview.js'
import { QuickAdd, type QuickAddPlace } from './QuickAdd.js'
import type { Scene } from './scene.js'
import { useCanvasHandle } from './useCanvasHandle.js'
import { useConnecting } from './useConnecting.js'
import { useDrop } from './useDrop.js'
import { useFlow } from './useFlow.js'
import { useSteady } from './useSteady.js'
import { opening, ZOOM, type Size } from './viewport.js'
import { WireEdge } from './WireEdge.js'

const NODE_TYPES = { layer: LayerNode }
const EDGE_TYPES = { wire: WireEdge }

/** Above so many nodes only those in sight are drawn, and from far away only shapes. */
const MANY = 300

/** Where each picture was left, for the time the window is open. */
const left = new Map<string, Viewport>()

interface PictureProps {
  readonly scene: Scene
  /** Name of the picture: its view is found again under it. */
  readonly viewKey: string
}

/** The canvas, once its size is known: everything in sight before the first node is drawn. */
export function Picture({ scene, viewKey }: PictureProps) {
  const frame = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState<Size>()
  useLayoutEffect(() => setSize(frame.current?.getBoundingClientRect()), [])
  return (
    <div ref={frame} className="canvas">
      {size && <Drawn scene={scene} viewKey={viewKey} frame={frame} size={size} />}
    </div>
  )
}

interface DrawnProps extends PictureProps {
  readonly frame: RefObject<HTMLDivElement | null>
  readonly size: Size
}

/** Sizes and ports of all nodes are given: the canvas library need not look for them again once they are drawn. */
function useGivenSizes(): void {
  const store = useStoreApi()
  useState(() => store.setState({ updateNodeInternals: () => undefined }))
}

/** Nodes and wires to look at, move, join, add and remove. */
function Drawn({ scene, viewKey, frame, size }: DrawnProps) {
  const { screenToFlowPosition } = useReactFlow()
  useGivenSizes()
  const [start] = useState(
    () =>
      left.get(viewKey) ??
      opening(
        scene.nodes.map((node) => node.at),
        size,
      ),
  )
  const [detail, setDetail] = useState(() => detailAt(start.zoom))
  const drawnDetail = useDrawnDetail(detail)
  const [quickAdd, setQuickAdd] = useState<QuickAddPlace>()
  const [menuAt, setMenuAt] = useState<Point>()
  const flow = useFlow(scene)
  const heat = useHeat(scene)
  const connecting = useConnecting(setQuickAdd)
  const drop = useDrop(frame)
  const hover = useHover()
  useCanvasHandle(frame, scene)
  useSteady(frame)
  const many = scene.nodes.length > MANY
  const far = many && detail === 'blocks'
  const onMove: OnMove = (event, viewport) => {
    if (event) pointAt({ pressed: true })
    left.set(viewKey, viewport)
    setDetail(detailAt(viewport.zoom))
  }
  const under = (event: MouseEvent) =>
    far ? nodeAt(flow.nodes, screenToFlowPosition({ x: event.clientX, y: event.clientY })) : undefined
  const underPointer = (event: MouseEvent) => {
    const node = under(event)
    return node && { node: node.id }
  }
  const onDoubleClick = (event: MouseEvent) => {
    if (!(event.target as Element).classList.contains('react-flow__pane')) return
    const node = under(event)
    if (node) canvasHandle()?.reveal([node.id])
    else setQuickAdd({ screen: [event.clientX, event.clientY] })
  }
  const openMenu = (event: MouseEvent, ids: readonly string[]) => {
    if (!scene.editable) return
    event.preventDefault()
    if (!ids.some((id) => selection.getState().nodes.includes(id))) select(ids)
    setMenuAt([event.clientX, event.clientY])
  }
  return (
    <div className="canvas-drawn" data-detail={detail} {...drop} {...hover} onDoubleClick={onDoubleClick}>
      <DetailContext value={drawnDetail}>
        <HeatContext value={heat?.on ? heat.nodes : undefined}>
          <ReactFlow
            aria-label={scene.editable ? 'Canvas' : 'Inside of the block'}
            nodes={far ? [] : flow.nodes}
            edges={far ? [] : flow.edges}
            onNodesChange={flow.onNodesChange}
            onEdgesChange={flow.onEdgesChange}
            nodeTypes={NODE_TYPES}
            edgeTypes={EDGE_TYPES}
            connectionLineComponent={ConnectionLine}
            {...connecting}
            onPaneMouseMove={(event) => far && pointAt(underPointer(event))}
            onPaneClick={(event) => far && select(under(event) ? [under(event)!.id] : [])}
            onNodeDoubleClick={(_, node) => node.data.scene.openable && openNode(node.id)}
            onNodeContextMenu={(event, node) => openMenu(event, [node.id])}
            onSelectionContextMenu={(event, nodes) =>
              openMenu(
                event,
                nodes.map(({ id }) => id),
              )
            }
            onMove={onMove}
            defaultViewport={start}
            minZoom={ZOOM.min}
            maxZoom={ZOOM.max}
            nodesDraggable={scene.editable}
            nodesConnectable={scene.editable}
            edgesReconnectable={false}
            snapToGrid
            snapGrid={[GRID, GRID]}
            selectionOnDrag
            selectionMode={SelectionMode.Partial}
            panOnDrag={[1, 2]}
            panOnScroll
            panActivationKeyCode="Space"
            multiSelectionKeyCode={['Meta', 'Control', 'Shift']}
            deleteKeyCode={null}
            zoomOnDoubleClick={false}
            connectionRadius={24}
            onlyRenderVisibleElements={many}
            proOptions={{ hideAttribution: true }}
          >
            {!far && <Background variant={BackgroundVariant.Dots} gap={20} size={1.5} />}
            {far && <FarPicture nodes={flow.nodes} edges={flow.edges} heat={heat?.on ? heat.nodes : undefined} />}
            <Overview scene={scene} />
            <CanvasControls editable={scene.editable} />
            {heat && <HeatLegend heat={heat} />}
          </ReactFlow>
        </HeatContext>
      </DetailContext>
      <Tips scene={scene} />
      {scene.editable && scene.nodes.length === 0 && (
        <p className="canvas-hint">Drag a layer from the left, or double-click here to search for one.</p>
      )}
      {menuAt && <NodeMenu scene={scene} at={menuAt} onClose={() => setMenuAt(undefined)} />}
      {quickAdd && scene.editable && <QuickAdd place={quickAdd} onClose={() => setQuickAdd(undefined)} />}
    </div>
  )
}
