import { memo } from 'react'
import type { Look, Mark, Picture } from '../../shared/pictures/picture.js'
import './picture.css'

export interface PictureViewProps {
  readonly picture: Picture
  readonly className?: string
  /** What stands beside it says the same: not read out. */
  readonly decorative?: boolean
}

/** A picture from shared code in the colours of the window. */
export const PictureView = memo(function PictureView({ picture, className = '', decorative }: PictureViewProps) {
  const { frame, marks, title } = picture
  const label = decorative ? { 'aria-hidden': true } : { role: 'img', 'aria-label': title }
  return (
    <svg className={`picture ${className}`} viewBox={`${frame.x} ${frame.y} ${frame.width} ${frame.height}`} {...label}>
      {marks.map((mark, index) => (
        <Drawn key={index} mark={mark} />
      ))}
    </svg>
  )
})

function Drawn({ mark }: { readonly mark: Mark }) {
  switch (mark.kind) {
    case 'path':
      return <path className={classOf(mark.look)} d={mark.path} />
    case 'box': {
      const { x, y, width, height, look } = mark
      const corner = Math.min(width, height) > 24 ? 8 : 0
      return <rect className={classOf(look)} x={x} y={y} width={width} height={height} rx={corner} />
    }
    case 'words':
      return (
        <text className={classOf(mark.look)} x={mark.x} y={mark.y} textAnchor={mark.anchor ?? 'start'}>
          {mark.text}
        </text>
      )
  }
}

/** Families have their colours from the classes that nodes have too. */
function classOf(look: Look): string {
  return look.startsWith('family-') ? `mark-family ${look}` : `mark-${look}`
}
