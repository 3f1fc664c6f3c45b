import { applyNodeChanges, type EdgeChange, type NodeChange, type NodePositionChange } from '@xyflow/react'
import { useCallback, useRef, useState } from 'react'
import { moveNodes } from '../../shared/document/commands.js'
import { edit } from '../stores/document.js'
import { select, selection, useSelection, type Selection } from '../stores/selection.js'
import { toFlowEdges, toFlowNodes, type FlowEdge, type FlowNode } from './flow.js'
import type { Scene } from './scene.js'

interface Flow {
  readonly scene: Scene
  readonly chosen: Selection
  /** As drawn: while nodes are dragged, ahead of the scene. */
  readonly nodes: FlowNode[]
  readonly edges: FlowEdge[]
}

/** The canvas library's nodes and wires of a picture, and what its changes mean for document and selection. */
export function useFlow(scene: Scene) {
  const chosen = useSelection((s) => s)
  const [flow, setFlow] = useState(() => follow(undefined, scene, chosen))
  const shown = flow.scene === scene && flow.chosen === chosen ? flow : follow(flow, scene, chosen)
  if (shown !== flow) setFlow(shown)

  const dragging = useRef(false)
  const onNodesChange = useCallback((changes: NodeChange<FlowNode>[]) => {
    const moves = changes.filter((change) => change.type === 'position')
    if (moves.length > 0) {
      setFlow((before) => withNodes(before, applyNodeChanges(moves, before.nodes)))
      const ended = moves.filter((move) => !move.dragging)
      if (ended.length > 0) commitMoves(ended, dragging.current)
      dragging.current = ended.length === 0
    }
    const { nodes, wires } = selection.getState()
    select(marked(nodes, changes), wires)
  }, [])

  const onEdgesChange = useCallback((changes: EdgeChange<FlowEdge>[]) => {
    const { nodes, wires } = selection.getState()
    select(nodes, marked(wires, changes))
  }, [])

  return { nodes: shown.nodes, edges: shown.edges, onNodesChange, onEdgesChange }
}

function follow(before: Flow | undefined, scene: Scene, chosen: Selection): Flow {
  const nodes = toFlowNodes(scene, new Set(chosen.nodes), before?.nodes ?? [])
  return withNodes({ scene, chosen, nodes, edges: before?.edges ?? [] }, nodes)
}

function withNodes(flow: Flow, nodes: FlowNode[]): Flow {
  const selected = { nodes: new Set(flow.chosen.nodes), wires: new Set(flow.chosen.wires) }
  return { ...flow, nodes, edges: toFlowEdges(flow.scene, nodes, selected, flow.edges) }
}

/** A drag or an arrow key has ended: its moves become one command; arrow keys in a row are one step of undo. */
function commitMoves(ended: readonly NodePositionChange[], dragged: boolean): void {
  const places = ended.flatMap(({ id, position }) =>
    position ? [[id, [position.x, position.y] as const] as const] : [],
  )
  edit(moveNodes(Object.fromEntries(places)), dragged ? undefined : 'nudge')
}

/** The ids that are selected after select and deselect changes. */
function marked(before: readonly string[], changes: readonly (NodeChange<FlowNode> | EdgeChange<FlowEdge>)[]) {
  const after = new Set(before)
  for (const change of changes) {
    if (change.type !== 'select') continue
    if (change.selected) after.add(change.id)
    else after.delete(change.id)
  }
  return [...after]
}
