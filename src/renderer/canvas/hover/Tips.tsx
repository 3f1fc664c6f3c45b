import { useStore, type ReactFlowState } from '@xyflow/react'
import { useState } from 'react'
import { shallow } from 'zustand/shallow'
import type { Analysis } from '../../../shared/graph/graph.js'
import { isSeen, SightPicture, sightWords } from '../../sight/sight.js'
import { usePlace } from '../../stores/document.js'
import type { Scene, SceneNode } from '../scene.js'
import { TIP_ID, useHovered } from './hovered.js'
import { NodeTip } from './NodeTip.js'
import { besideNode, isInSight, onScreen, overlap, type Box, type View } from './place.js'
import './hover.css'

const viewOf = ({ transform: [x, y, zoom], width, height }: ReactFlowState): View => ({ x, y, zoom, width, height })

/** Width of what is said about a node, alone and with the picture, and the height that it may take, px. */
const TIP = { narrow: 228, wide: 304, height: 164 } as const
/** Size of the picture of what a node sees, px. */
const CARD = [92, 112] as const

/**
 * About the node that the pointer or the keyboard is at: its numbers beside it, and beside the input what it sees of the
 * image. Both stay where they are while one goes from node to node.
 */
export function Tips({ scene }: { readonly scene: Scene }) {
  const { node: id, pressed } = useHovered((state) => state)
  const [last, setLast] = useState(id)
  if (id !== undefined && id !== last) setLast(id)
  const node = last === undefined ? undefined : scene.nodes.find((one) => one.id === last)
  const place = usePlace()
  if (!node || !place || pressed) return undefined
  return <Tip node={node} scene={scene} analysis={place.analysis} state={id === undefined ? 'off' : 'on'} />
}

interface TipProps {
  readonly node: SceneNode
  readonly scene: Scene
  readonly analysis: Analysis
  readonly state: 'on' | 'off'
}

function Tip({ node, scene, analysis, state }: TipProps) {
  const view = useStore(viewOf, shallow)
  const box = onScreen(node.at, view)
  const path = analysis.graph.outputs[node.id] ?? node.id
  const seen = isSeen(analysis, path)
  const card = seen ? cardAt(scene, analysis, view) : undefined
  const alone = besideNode(box, [TIP.narrow, TIP.height], view)
  const isApart = card !== undefined && !overlap(card, alone) && !overlap(card, box)
  const tip = seen && !isApart ? besideNode(box, [TIP.wide, TIP.height], view) : alone
  const upright = tip.bottom <= box.top ? { bottom: view.height - tip.bottom } : { top: tip.top }
  return (
    <>
      <div
        id={TIP_ID}
        role="tooltip"
        className="tip"
        data-state={state}
        style={{ left: tip.left, width: tip.right - tip.left, ...upright }}
      >
        <NodeTip node={node} analysis={analysis} withPicture={seen && !isApart} />
      </div>
      {isApart && (
        <div className="tip tip-card" data-state={state} style={{ left: card.left, top: card.top, width: CARD[0] }}>
          <SightPicture analysis={analysis} path={path} />
          {sightWords(analysis, path).map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
      )}
    </>
  )
}

/** Where the picture stands beside the input, if that is in sight. */
function cardAt({ nodes }: Scene, { input }: Analysis, view: View): Box | undefined {
  const node = nodes.find(({ id }) => id === input?.id)
  if (!node) return undefined
  const box = onScreen(node.at, view)
  return isInSight(box, view) ? besideNode(box, CARD, view) : undefined
}
