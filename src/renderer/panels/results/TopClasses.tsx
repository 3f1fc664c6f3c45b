import type { Prediction } from '../../../shared/api.js'
import { headLook } from '../../charts/lines.js'
import { percent, words } from '../../ui/format.js'
import { answeredClass, isNumber } from '../../../shared/training/answer.js'
import { topClasses } from './top.js'

export interface TopClassesProps {
  readonly prediction: Prediction
  /** The main head first. */
  readonly heads: readonly string[]
}

/** The answer of each head to one image: its five most probable classes, or its number. */
export function TopClasses({ prediction, heads }: TopClassesProps) {
  const { classes } = prediction
  const ids = Object.keys(prediction.heads).sort((a, b) => heads.indexOf(a) - heads.indexOf(b))
  const rowOf = (id: string) => prediction.heads[id]?.[0] ?? []
  return ids.map((id) =>
    isNumber(rowOf(id), classes.length) ? (
      <NumberAnswer key={id} id={id} row={rowOf(id)} classes={classes} />
    ) : (
      <section key={id} aria-label={`Answer of ${words(id)}`}>
        <h2 className="section-title">{words(id)}</h2>
        <ol className="bars">
          {topClasses(rowOf(id), 5).map(({ index, share }) => (
            <li key={index} className="bar">
              <span className="bar-name">{classes[index] ?? `class ${index}`}</span>
              <span className="bar-track" aria-hidden="true">
                <span
                  className="bar-fill"
                  style={{
                    width: `${100 * share}%`,
                    background: `var(${headLook(Math.max(0, heads.indexOf(id))).color})`,
                  }}
                />
              </span>
              <span className="bar-value mono">{percent(share)}</span>
            </li>
          ))}
        </ol>
      </section>
    ),
  )
}

interface NumberAnswerProps {
  readonly id: string
  readonly row: readonly number[]
  readonly classes: readonly string[]
}

/** The number that a regression head answers with, and the class nearest to it. */
function NumberAnswer({ id, row, classes }: NumberAnswerProps) {
  const nearest = answeredClass(row, classes.length)
  return (
    <section aria-label={`Answer of ${words(id)}`}>
      <h2 className="section-title">{words(id)}</h2>
      <p>
        <span className="mono">{(row[0] ?? NaN).toFixed(2)}</span>
        {`, nearest to ${classes[nearest] ?? `class ${nearest}`}`}
      </p>
    </section>
  )
}
