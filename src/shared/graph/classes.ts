import { setAt, settingPlace, type SettingPlace } from '../document/setting-place.js'
import type { Command } from '../document/commands.js'
import type { Document } from '../document/document.js'
import type { Analysis } from './graph.js'

/** Heads that choose among another number of classes than `classes`, with the number that they have. */
export function headsWithout(
  { heads }: Analysis,
  classes: number,
): readonly { readonly id: string; readonly units: number }[] {
  return heads.flatMap(({ id, shape, predicts }) => {
    const units = shape?.[0]
    return predicts !== 'classes' || typeof units !== 'number' || units === classes ? [] : [{ id, units }]
  })
}

/**
 * Give heads so many classes: units of the dense layers in front of them, or parameters of the blocks that these are in.
 * `undefined` where one of them has no such place.
 */
export function setClasses(
  document: Document,
  analysis: Analysis,
  heads: readonly string[],
  classes: number,
): Command | undefined {
  const places = heads.map((head) => classesPlace(analysis, document, head))
  if (places.includes(undefined)) return undefined
  return (edited) => places.reduce((made, place) => setAt(place!, classes)(made), edited)
}

function classesPlace({ graph }: Analysis, document: Document, head: string): SettingPlace | undefined {
  const byId = new Map(graph.nodes.map((node) => [node.id, node]))
  let node = byId.get(graph.outputs[head] ?? head)
  while (node && node.layer.type !== 'dense') {
    node = node.inputs.length === 1 ? byId.get(node.inputs[0]!) : undefined
  }
  return node && settingPlace(document, node.id, 'classes', 'units')
}
