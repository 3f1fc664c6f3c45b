import { useEffect, useRef, useState } from 'react'
import { onThemeChange, token } from '../../charts/theme.js'
import { grouped, percent } from '../../ui/format.js'
import { cellAt, rowShares, type Confusion } from './confusion.js'

export interface ConfusionMatrixProps {
  readonly classes: readonly string[]
  readonly confusion: Confusion
}

/** True class by row, answer by column; the darker, the larger the share of the row. Numbers stand in a table beside it. */
export function ConfusionMatrix({ classes, confusion }: ConfusionMatrixProps) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [cell, setCell] = useState<readonly [number, number]>()
  useEffect(() => {
    const element = canvas.current!
    const paint = () => draw(element, confusion)
    const sizes = new ResizeObserver(paint)
    sizes.observe(element)
    const stopTheme = onThemeChange(paint)
    return () => {
      sizes.disconnect()
      stopTheme()
    }
  }, [confusion])
  return (
    <div className="matrix">
      {classes.length <= 12 && (
        <ol className="matrix-labels" aria-hidden="true">
          {classes.map((name) => (
            <li key={name}>{name}</li>
          ))}
        </ol>
      )}
      <div className="matrix-square">
        <canvas
          ref={canvas}
          role="img"
          aria-label="Confusion matrix: true classes by row, answers by column; numbers in the table"
          onPointerMove={({ nativeEvent: { offsetX, offsetY }, currentTarget }) =>
            setCell(cellAt(offsetX, offsetY, currentTarget.clientWidth, classes.length))
          }
          onPointerLeave={() => setCell(undefined)}
        />
      </div>
      <p className="matrix-words" aria-hidden="true">
        {cell ? cellWords(cell, classes, confusion) : 'Row: true class. Column: answer.'}
      </p>
      <NumbersTable classes={classes} confusion={confusion} />
    </div>
  )
}

function draw(canvas: HTMLCanvasElement, confusion: Confusion): void {
  const context = canvas.getContext('2d')
  const side = Math.round(canvas.clientWidth * devicePixelRatio)
  if (!context || side === 0) return
  canvas.width = side
  canvas.height = side
  const size = side / confusion.length
  const gap = size > 8 * devicePixelRatio ? devicePixelRatio : 0
  rowShares(confusion).forEach((row, i) =>
    row.forEach((share, j) => {
      context.globalAlpha = 1
      context.fillStyle = token('--sunken')
      const rect = [j * size, i * size, size - gap, size - gap] as const
      context.fillRect(...rect)
      context.globalAlpha = Math.sqrt(share)
      context.fillStyle = token(i === j ? '--s1' : '--s2')
      context.fillRect(...rect)
    }),
  )
}

function cellWords([row, column]: readonly [number, number], classes: readonly string[], confusion: Confusion): string {
  const count = confusion[row]?.[column] ?? 0
  const share = rowShares(confusion)[row]?.[column] ?? 0
  const answer = row === column ? 'recognized' : `taken for ${classes[column]}`
  return `${classes[row]}: ${grouped(count)} ${answer}, ${percent(share)}`
}

function NumbersTable({ classes, confusion }: ConfusionMatrixProps) {
  return (
    <table className="visually-hidden">
      <caption>Confusion matrix: number of images</caption>
      <thead>
        <tr>
          <th scope="col">True class</th>
          {classes.map((name) => (
            <th key={name} scope="col">{`answered ${name}`}</th>
          ))}
        </tr>
      </thead>
      <tbody>
        {confusion.map((row, i) => (
          <tr key={i}>
            <th scope="row">{classes[i]}</th>
            {row.map((count, j) => (
              <td key={j}>{count}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
