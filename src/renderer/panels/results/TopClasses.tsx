import type { Prediction } from '../../../shared/api.js'
import { headLook } from '../../charts/lines.js'
import { percent, words } from '../../ui/format.js'
import { topClasses } from './top.js'

export interface TopClassesProps {
  readonly prediction: Prediction
  /** The main head first. */
  readonly heads: readonly string[]
}

/** The five most probable classes of each head for one image. */
export function TopClasses({ prediction, heads }: TopClassesProps) {
  const ids = Object.keys(prediction.heads).sort((a, b) => heads.indexOf(a) - heads.indexOf(b))
  return ids.map((id) => (
    <section key={id} aria-label={`Answer of ${words(id)}`}>
      <h2 className="section-title">{words(id)}</h2>
      <ol className="bars">
        {topClasses(prediction.heads[id]?.[0] ?? [], 5).map(({ index, share }) => (
          <li key={index} className="bar">
            <span className="bar-name">{prediction.classes[index] ?? `class ${index}`}</span>
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
  ))
}
