import { blocks } from '../blocks/index.js'
import type { Family } from '../layers/define.js'
import { readField, type Fields } from '../layers/fields.js'
import { layers } from '../layers/index.js'
import type { DocumentNode } from './document.js'

/** What the document and the window need to know of a node's type, layer or block alike. */
export interface Kind {
  readonly type: string
  readonly title: string
  readonly family: Family
  readonly doc: string
  readonly inputs: 'none' | 'one' | 'many'
  /** Whether a wire may leave it; a head is an end. */
  readonly hasOutput: boolean
  readonly isBlock: boolean
  readonly params: Fields
  /** Short setting line of complete, valid parameter values. */
  readonly summary?: (params: Readonly<Record<string, unknown>>) => string
}

/** Every layer and block there is, in the order of the palette. */
export const kinds: readonly Kind[] = [
  ...layers.map((layer): Kind => {
    const { type, title, family, doc, inputs, params, summary } = layer
    return {
      type,
      title,
      family,
      doc,
      inputs,
      params,
      isBlock: false,
      hasOutput: family !== 'head',
      ...(summary && { summary }),
    }
  }),
  ...blocks.map((block): Kind => {
    const { type, title, doc, params, summary } = block
    return {
      type,
      title,
      family: 'block',
      doc,
      inputs: 'one',
      params,
      isBlock: true,
      hasOutput: true,
      ...(summary && { summary }),
    }
  }),
]

const byType = new Map(kinds.map((kind) => [kind.type, kind]))

/** The kind of a node's type; `undefined` for a type that this version does not know. */
export function kindOf(type: string): Kind | undefined {
  return byType.get(type)
}

/** The setting line of a node, with defaults where its parameters are missing or wrong; empty for a type without one. */
export function summaryOf({ type, params }: Pick<DocumentNode, 'type' | 'params'>): string {
  const kind = kindOf(type)
  if (!kind?.summary) return ''
  const values = Object.entries(kind.params).map(([name, field]) => {
    const read = readField(field, Object.hasOwn(params, name) ? params[name] : undefined)
    return [name, 'value' in read ? read.value : field.default] as const
  })
  return kind.summary(Object.fromEntries(values))
}
