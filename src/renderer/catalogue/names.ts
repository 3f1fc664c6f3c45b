import { words } from '../ui/format.js'
import { kindOf } from '../../shared/document/kinds.js'
import { ownName } from '../../shared/document/own-blocks.js'
import type { Family } from '../../shared/layers/define.js'

/** A node's name for people: `conv2d_2` of type `conv2d` → `Conv 2D 2`, `inception_3a` → `Inception 3a`. */
export function nodeTitle(id: string, type: string): string {
  const kind = kindOf(type)
  const rest = id.startsWith(type) ? id.slice(type.length) : undefined
  if (kind && rest !== undefined && /^(_?\d+)?$/.test(rest)) return `${kind.title} ${rest.replace('_', '')}`.trim()
  return words(id)
}

/** The family of a type, for colours and icons: own blocks are blocks; `undefined` for a type that is not known. */
export function familyOf(type: string): Family | undefined {
  return ownName(type) === undefined ? kindOf(type)?.family : 'block'
}
