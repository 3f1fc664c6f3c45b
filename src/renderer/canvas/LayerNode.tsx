import { Handle, type NodeProps } from '@xyflow/react'
import { CircleAlert, Maximize2, TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import { FamilyIcon } from '../catalogue/FamilyIcon.js'
import { familyOf } from '../catalogue/names.js'
import { openNode } from '../stores/document.js'
import { compact, shapeWords, withTimes } from '../ui/format.js'
import { PORTS, type FlowNode } from './flow.js'
import { HeatMark } from './heat/HeatMark.js'
import type { SceneNode } from './scene.js'

/** A layer or block on the canvas: name, setting, shape and parameters, and its ports. */
export const LayerNode = memo(function LayerNode({ data: { scene, editable } }: NodeProps<FlowNode>) {
  const { id, type, title, shape, parameters, issue } = scene
  const family = familyOf(type)
  return (
    <div className={`node family-${family ?? 'io'}${issue ? ` node-${issue.severity}` : ''}`}>
      <div className="node-head">
        <FamilyIcon type={type} />
        <span className="node-name" title={title}>
          {title}
        </span>
        {scene.openable && (
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
        )}
      </div>
      <SecondLine scene={scene} />
      <div className="node-numbers">
        <span>{shape ? shapeWords(shape) : ' '}</span>
        <span>{parameters === undefined ? '' : compact(parameters)}</span>
      </div>
      <Ports scene={scene} editable={editable} />
      <HeatMark id={id} />
    </div>
  )
})

/** What the node is set to, or its first problem in words. */
function SecondLine({ scene: { issue, summary } }: { readonly scene: SceneNode }) {
  if (!issue) {
    return (
      <div className="node-setting" title={summary}>
        {summary || ' '}
      </div>
    )
  }
  const Sign = issue.severity === 'error' ? CircleAlert : TriangleAlert
  return (
    <div className="node-setting node-issue" title={issue.message}>
      <Sign size={12} strokeWidth={2} />
      <span>{withTimes(issue.message)}</span>
    </div>
  )
}

function Ports({ scene, editable }: { readonly scene: SceneNode; readonly editable: boolean }) {
  return (
    <>
      {scene.inputs !== 'none' && (
        <>
          <Handle
            id="in"
            type="target"
            position={PORTS.in.position}
            className={`port port-in${scene.inputs === 'many' ? ' port-many' : ''}`}
            isConnectable={editable}
            role="button"
            aria-label={`Input of ${scene.id}`}
          />
          <Handle
            id="in-top"
            type="target"
            position={PORTS['in-top'].position}
            className="anchor"
            isConnectable={false}
          />
        </>
      )}
      {scene.output && (
        <>
          <Handle
            id="out"
            type="source"
            position={PORTS.out.position}
            className="port port-out"
            isConnectable={editable}
            role="button"
            aria-label={`Output of ${scene.id}`}
          />
          <Handle
            id="out-top"
            type="source"
            position={PORTS['out-top'].position}
            className="anchor"
            isConnectable={false}
          />
          <Handle
            id="out-bottom"
            type="source"
            position={PORTS['out-bottom'].position}
            className="anchor"
            isConnectable={false}
          />
        </>
      )}
    </>
  )
}
