import { type NodeProps } from '@xyflow/react'
import { CircleAlert, Maximize2, TriangleAlert } from 'lucide-react'
import { memo, useContext } from 'react'
import { FamilyIcon } from '../catalogue/FamilyIcon.js'
import { familyOf } from '../catalogue/names.js'
import { openNode } from '../stores/document.js'
import { compact, shapeWords, withTimes } from '../ui/format.js'
import { DetailContext, hasDetail } from './detail.js'
import type { FlowNode } from './flow.js'
import { HeatMark } from './heat/HeatMark.js'
import { NodePorts } from './NodePorts.js'
import type { SceneNode } from './scene.js'

/** A layer or block on the canvas: name, setting, shape and parameters, and its ports; from afar less of it. */
export const LayerNode = memo(function LayerNode({ data: { scene, editable } }: NodeProps<FlowNode>) {
  const detail = useContext(DetailContext)
  const { id, type, title, issue } = scene
  const family = familyOf(type)
  return (
    <div className={`node family-${family ?? 'io'}${issue ? ` node-${issue.severity}` : ''}`}>
      {hasDetail(detail, 'names') && (
        <>
          <div className="node-head">
            {detail === 'full' && <FamilyIcon type={type} />}
            <span className="node-name">{title}</span>
            {detail === 'full' && scene.openable && <OpenButton id={id} />}
          </div>
          {detail === 'full' && <Lines scene={scene} />}
          <NodePorts scene={scene} editable={editable} />
        </>
      )}
      <HeatMark id={id} />
    </div>
  )
})

function OpenButton({ id }: { readonly id: string }) {
  return (
    <button
      type="button"
      className="node-open nodrag"
      aria-label={`Open ${id}`}
      title="Open block"
      tabIndex={-1}
      onClick={() => openNode(id)}
    >
      <Maximize2 size={12} strokeWidth={1.5} />
    </button>
  )
}

function Lines({ scene }: { readonly scene: SceneNode }) {
  const { shape, open, parameters } = scene
  return (
    <>
      <SecondLine scene={scene} />
      <div className="node-numbers">
        <span>{open ?? (shape ? shapeWords(shape) : ' ')}</span>
        <span>{parameters === undefined ? '' : compact(parameters)}</span>
      </div>
    </>
  )
}

/** What the node is set to, or its first problem in words. */
function SecondLine({ scene: { issue, summary } }: { readonly scene: SceneNode }) {
  if (!issue) {
    return <div className="node-setting">{summary || ' '}</div>
  }
  const Sign = issue.severity === 'error' ? CircleAlert : TriangleAlert
  return (
    <div className="node-setting node-issue">
      <Sign size={12} strokeWidth={2} />
      <span>{withTimes(issue.message)}</span>
    </div>
  )
}
