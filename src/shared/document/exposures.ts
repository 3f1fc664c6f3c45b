import { hasMeaning, readField, type Field } from '../layers/fields.js'
import { isExposable, type ParamPlace } from './block-edits.js'
import type { Document, NodeId } from './document.js'
import { kindIn } from './kinds.js'
import { isParamName } from './own-blocks.js'

/** A parameter that a block made from nodes could show: one for all nodes that have it with the same value. */
export interface Exposure {
  /** Name to propose, different for each. */
  readonly name: string
  readonly field: Field
  readonly value: unknown
  readonly places: readonly ParamPlace[]
}

/** What a block made from nodes could show outside, in the order of the nodes; expressions are parameters already. */
export function exposuresOf(document: Document, ids: readonly NodeId[]): readonly Exposure[] {
  const found = new Map<string, Exposure>()
  for (const id of ids) {
    const node = document.nodes[id]
    for (const [param, field] of Object.entries((node && kindIn(document, node.type)?.params) ?? {})) {
      const read = readField(field, node!.params[param])
      if (!isExposable(field) || 'problem' in read || !hasMeaning(field, node!.params)) continue
      const key = JSON.stringify([param, field.kind, read.value])
      const known = found.get(key)
      const places = [...(known?.places ?? []), { node: id, param }]
      found.set(key, { name: param, field, value: read.value, places })
    }
  }
  const taken = new Set<string>()
  return [...found.values()].map((exposure) => {
    const name = freeParamName(exposure.name, taken)
    taken.add(name)
    return { ...exposure, name }
  })
}

/** The first free name for a parameter of a block: `filters`, `filters_2`; a name of a function gets a number too. */
export function freeParamName(wish: string, taken: ReadonlySet<string>): string {
  const isFree = (name: string) => isParamName(name) && !taken.has(name)
  if (isFree(wish)) return wish
  for (let n = 2; ; n++) if (isFree(`${wish}_${n}`)) return `${wish}_${n}`
}
