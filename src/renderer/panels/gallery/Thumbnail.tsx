import type { Document } from '../../../shared/document/document.js'
import { kindOf } from '../../../shared/document/kinds.js'
import { NODE } from '../../../shared/pictures/route.js'

/** A small drawing of a net: its nodes where they stand, in the colours of their families. */
export function Thumbnail({ document }: { readonly document: Document }) {
  const nodes = Object.entries(document.nodes)
  const xs = nodes.map(([, node]) => node.at[0])
  const ys = nodes.map(([, node]) => node.at[1])
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  const width = Math.max(...xs) - left + NODE.width
  const height = Math.max(...ys) - top + NODE.height
  const middle = (id: string) => {
    const at = document.nodes[id]?.at ?? [0, 0]
    return [at[0] + NODE.width / 2, at[1] + NODE.height / 2] as const
  }
  return (
    <svg className="thumbnail" viewBox={`${left - 24} ${top - 24} ${width + 48} ${height + 48}`} aria-hidden="true">
      {document.wires.map(({ from, to, input }) => {
        const [[x1, y1], [x2, y2]] = [middle(from), middle(to)]
        return <line key={`${to}:${input}`} x1={x1} y1={y1} x2={x2} y2={y2} className="thumbnail-wire" />
      })}
      {nodes.map(([id, { type, at }]) => (
        <rect
          key={id}
          x={at[0]}
          y={at[1]}
          width={NODE.width}
          height={NODE.height}
          rx={14}
          className={`thumbnail-node family-${kindOf(type)?.family ?? 'io'}`}
        />
      ))}
    </svg>
  )
}
