import { useMemo } from 'react'
import { ReactFlowProvider } from '@xyflow/react'
import type { Document } from '../../shared/document/document.js'
import { analysisOf } from '../stores/analysis.js'
import { useShownTab } from '../stores/document.js'
import { useView } from '../stores/view.js'
import { Crumbs } from './Crumbs.js'
import { Picture } from './Picture.js'
import { blockScene, documentScene } from './scene.js'
import './canvas.css'

/** The place in the middle: the shown document, the inside of one of its blocks. */
export function Canvas() {
  const tab = useShownTab()
  if (!tab) return undefined
  return <Shown key={tab.key} tabKey={tab.key} document={tab.history.present} />
}

function Shown({ tabKey, document }: { readonly tabKey: string; readonly document: Document }) {
  const inside = useView((s) => s.inside)
  const scene = useMemo(() => {
    const analysis = analysisOf(document)
    return (inside !== undefined && blockScene(document, analysis, inside)) || documentScene(document, analysis)
  }, [document, inside])
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
