import { useStore, type ConnectionLineComponentProps } from '@xyflow/react'
import { canConnect } from '../../shared/document/wires.js'
import { shownDocument } from '../stores/document.js'
import type { FlowNode } from './flow.js'

const REASON_WIDTH = 280

/** The wire that is being drawn; over a port that cannot take it, it says why. */
export function ConnectionLine(props: ConnectionLineComponentProps<FlowNode>) {
  const { fromX, fromY, toX, toY, fromNode, toNode, fromHandle, connectionStatus } = props
  const bend = Math.min(Math.max(Math.abs(toX - fromX) / 2, 16), 96) * (fromHandle.type === 'source' ? 1 : -1)
  const refused = connectionStatus === 'invalid' && toNode
  const toRight = useStore((s) => toX * s.transform[2] + s.transform[0] > s.width / 2)
  const reason = refused ? reasonOf(fromNode.id, toNode.id, fromHandle.type) : undefined
  return (
    <g className={refused ? 'connecting connecting-refused' : 'connecting'}>
      <path d={`M${fromX} ${fromY}C${fromX + bend} ${fromY} ${toX - bend} ${toY} ${toX} ${toY}`} />
      <circle className="connecting-end" cx={fromX} cy={fromY} r={6} />
      <circle className={toNode ? 'connecting-end' : undefined} cx={toX} cy={toY} r={toNode ? 6 : 4} />
      {reason && (
        <foreignObject x={toRight ? toX - REASON_WIDTH : toX} y={toY + 16} width={REASON_WIDTH} height={80}>
          <div className="connecting-reason" role="status">
            {reason}
          </div>
        </foreignObject>
      )}
    </g>
  )
}

function reasonOf(from: string, to: string, side: 'source' | 'target'): string | undefined {
  const document = shownDocument()
  if (!document) return undefined
  const verdict = side === 'source' ? canConnect(document, from, to) : canConnect(document, to, from)
  return verdict.ok ? undefined : verdict.reason
}
