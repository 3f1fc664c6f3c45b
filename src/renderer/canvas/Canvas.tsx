import { ReactFlowProvider } from '@xyflow/react'
import type { Document } from '../../shared/document/document.js'
import { useShownTab } from '../stores/document.js'
import { useView } from '../stores/view.js'
import { Crumbs } from './Crumbs.js'
import { Picture } from './Picture.js'
import { useScene } from './useScene.js'
import './canvas.css'

/** The place in the middle: the shown document, the inside of one of its blocks. */
export function Canvas() {
  const tab = useShownTab()
  if (!tab) return undefined
  return <Shown key={tab.key} tabKey={tab.key} document={tab.history.present} />
}

function Shown({ tabKey, document }: { readonly tabKey: string; readonly document: Document }) {
  const inside = useView((s) => s.inside)
  const scene = useScene()
  if (!scene) return undefined
  const block = scene.editable ? undefined : inside
  return (
    <>
      <Crumbs document={document} inside={block} />
      <ReactFlowProvider key={block ?? ''}>
        <Picture scene={scene} viewKey={`${tabKey}/${block ?? ''}`} />
      </ReactFlowProvider>
    </>
  )
}
