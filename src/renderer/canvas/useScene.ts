import type { Document } from '../../shared/document/document.js'
import { analysisOf } from '../stores/analysis.js'
import { useDocument } from '../stores/document.js'
import { useView } from '../stores/view.js'
import { blockScene, documentScene, type Scene } from './scene.js'

/** Pictures of each document: the whole of it under `''`, insides under their block. */
const known = new WeakMap<Document, Map<string, Scene>>()

/** The picture that shows: the document, or the inside of the block that is open. */
export function useScene(): Scene | undefined {
  const document = useDocument()
  const inside = useView((s) => s.inside)
  return document && sceneOf(document, inside ?? '')
}

function sceneOf(document: Document, inside: string): Scene {
  const pictures = known.get(document) ?? new Map<string, Scene>()
  known.set(document, pictures)
  const existing = pictures.get(inside)
  if (existing) return existing
  const analysis = analysisOf(document)
  const scene = (inside !== '' && blockScene(document, analysis, inside)) || documentScene(document, analysis)
  pictures.set(inside, scene)
  return scene
}
