import { shapeIn, SightPicture, sightRows } from '../../sight/sight.js'
import { useSeenNet } from '../../stores/looks.js'
import type { Analysis } from '../../../shared/graph/graph.js'
import { grouped, scientific, withTimes } from '../../ui/format.js'
import type { SceneNode } from '../scene.js'

interface Props {
  readonly node: SceneNode
  readonly analysis: Analysis
  /** The picture of what it sees of the image belongs here, too. */
  readonly withPicture: boolean
}

/** All that there is to say about a node in a few words, also where it is too small to be read. */
export function NodeTip({ node, analysis, withPicture }: Props) {
  const { id, title, summary, shape, parameters, issue } = node
  const path = analysis.graph.outputs[id] ?? id
  const gradient = useSeenNet()?.of(id)?.look.gradient
  const rows = [
    ['Shape', shape && shapeIn(analysis, path, shape)],
    ['Parameters', parameters === undefined || parameters === 0 ? undefined : grouped(parameters)],
    ...(id === analysis.input?.id ? [] : sightRows(analysis, path)),
    ['Gradient, RMS', gradient === undefined ? undefined : scientific(gradient)],
  ] as const
  return (
    <>
      <p className="tip-title">{title}</p>
      {summary && <p className="tip-setting">{summary}</p>}
      {issue && <p className={`tip-issue-${issue.severity}`}>{withTimes(issue.message)}</p>}
      <div className="tip-columns">
        <dl>
          {rows.map(
            ([name, value]) =>
              value !== undefined && (
                <div key={name} className="tip-row">
                  <dt>{name}</dt>
                  <dd>{value}</dd>
                </div>
              ),
          )}
        </dl>
        {withPicture && <SightPicture analysis={analysis} path={path} />}
      </div>
    </>
  )
}
