import { Handle } from '@xyflow/react'
import { useState } from 'react'
import { PORTS, portsOf, type Port } from './ports.js'
import type { SceneNode } from './scene.js'

interface Props {
  readonly scene: SceneNode
  readonly editable: boolean
}

/** The places on a node where wires are drawn from and to. */
export function NodePorts({ scene, editable }: Props) {
  return portsOf(scene).map((port) => <NodePort key={port.id} port={port} scene={scene} editable={editable} />)
}

/**
 * A port; a named one says its name. Until the pointer comes to it, it is only the mark that the canvas library looks for
 * where a wire ends: its own handles listen to every wire that is drawn, which a large net would pay for as it opens.
 */
function NodePort({ port: { id, side, name, y }, scene, editable }: Props & { readonly port: Port }) {
  const [isReached, setReached] = useState(false)
  const isMany = side === 'in' && scene.inputs === 'many' && name === undefined
  const look = `port port-${side}${isMany ? ' port-many' : ''}`
  const { type, position } = PORTS[side]
  const words = {
    role: 'button',
    'aria-label': `${side === 'in' ? 'Input' : 'Output'}${name === undefined ? '' : ` ${name}`} of ${scene.id}`,
    ...(name !== undefined && { title: name, style: { top: y } }),
  }
  if (isReached) {
    return <Handle id={id} type={type} position={position} className={look} isConnectable={editable} {...words} />
  }
  const may = editable ? ' connectable connectablestart connectableend connectionindicator' : ''
  return (
    <div
      className={`react-flow__handle react-flow__handle-${position} nodrag nopan ${type} ${look}${may}`}
      data-nodeid={scene.id}
      data-handleid={id}
      data-handlepos={position}
      data-id={`1-${scene.id}-${id}-${type}`}
      onPointerEnter={() => setReached(true)}
      {...words}
    />
  )
}
