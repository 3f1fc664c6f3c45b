import { usePlace } from '../stores/document.js'
import type { Place } from '../stores/place.js'
import { blockScene, documentScene, type Scene } from './scene.js'

/** Pictures of places: equal places are the same object. */
const known = new WeakMap<Place, Scene>()

/** The picture that shows: the document, or the inside of the block that is open. */
export function useScene(): Scene | undefined {
  const place = usePlace()
  return place && sceneOf(place)
}

function sceneOf(place: Place): Scene {
  const existing = known.get(place)
  if (existing) return existing
  const { document, analysis, closed } = place
  const inner = closed === undefined ? undefined : blockScene(document, analysis, closed)
  const scene = inner ?? documentScene(document, analysis)
  known.set(place, scene)
  return scene
}
