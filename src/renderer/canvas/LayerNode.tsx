import { Handle, type NodeProps } from '@xyflow/react'
import { CircleAlert, Maximize2, TriangleAlert } from 'lucide-react'
import { memo } from 'react'
import { FamilyIcon } from '../catalogue/FamilyIcon.js'
import { familyOf } from '../catalogue/names.js'
import { openNode } from '../stores/document.js'
import { compact, shapeWords, withTimes } from '../ui/format.js'
import type { Anchor } from '../../shared/pictures/route.js'
import type { FlowNode } from './flow.js'
import { PORTS, portsOf, type Port } from './ports.js'
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
      {portsOf(scene).map((port) => (
        <DrawnPort key={port.id} port={port} scene={scene} editable={editable} />
      ))}
      {scene.inputs !== 'none' && <Lead anchor="in-top" />}
      {scene.output && <Lead anchor="out-top" />}
      {scene.output && <Lead anchor="out-bottom" />}
    </>
  )
}

interface PortProps {
  readonly port: Port
  readonly scene: SceneNode
  readonly editable: boolean
}

/** A port that wires are drawn from and to; a named one says its name. */
function DrawnPort({ port: { id, side, name, y }, scene, editable }: PortProps) {
  const isMany = side === 'in' && scene.inputs === 'many' && name === undefined
  const title = `${side === 'in' ? 'Input' : 'Output'}${name === undefined ? '' : ` ${name}`} of ${scene.id}`
  return (
    <Handle
      id={id}
      type={PORTS[side].type}
      position={PORTS[side].position}
      className={`port port-${side}${isMany ? ' port-many' : ''}`}
      isConnectable={editable}
      role="button"
      aria-label={title}
      {...(name !== undefined && { title: name, style: { top: y } })}
    />
  )
}

/** Where wires are led around the node; nothing to take hold of. */
function Lead({ anchor }: { readonly anchor: Exclude<Anchor, 'in' | 'out'> }) {
  return (
    <Handle
      id={anchor}
      type={PORTS[anchor].type}
      position={PORTS[anchor].position}
      className="anchor"
      isConnectable={false}
    />
  )
}
