import { ReactFlowProvider } from '@xyflow/react'
import { usePlace, useShownTab } from '../stores/document.js'
import { Crumbs } from './Crumbs.js'
import { Picture } from './Picture.js'
import { useScene } from './useScene.js'
import './canvas.css'

/** The place in the middle: the shown document, or the inside of one of its blocks. */
export function Canvas() {
  const tab = useShownTab()
  const place = usePlace()
  const scene = useScene()
  if (!tab || !place || !scene) return undefined
  const viewKey = `${tab.key}/${place.path}`
  return (
    <>
      <Crumbs document={tab.history.present} place={place} />
      <ReactFlowProvider key={viewKey}>
        <Picture key={viewKey} scene={scene} viewKey={viewKey} />
      </ReactFlowProvider>
    </>
  )
}
