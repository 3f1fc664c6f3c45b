import { blocks } from '../blocks/index.js'
import type { Family } from '../layers/define.js'
import { readField, valueText, type Fields } from '../layers/fields.js'
import { layers } from '../layers/index.js'
import type { BlockDefinition, Document, DocumentNode } from './document.js'
import {
  BLOCK_INPUT,
  BLOCK_OUTPUT,
  closesCircle,
  fieldsOf,
  isAllowedInside,
  ownBlock,
  ownName,
  ownType,
} from './own-blocks.js'
import { resolve, type Scope } from '../expressions/evaluate.js'

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
  /** Names of the inputs and outputs of an own block, which has exactly these; missing for all else. */
  readonly ports?: { readonly inputs: readonly string[]; readonly outputs: readonly string[] }
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

/** What stands for the ports of an own block while its inside is shown. */
const portKinds: readonly Kind[] = [
  {
    type: BLOCK_INPUT,
    title: 'Block input',
    family: 'io',
    doc: 'Where a wire from outside enters the block.',
    inputs: 'none',
    params: {},
    isBlock: false,
    hasOutput: true,
  },
  {
    type: BLOCK_OUTPUT,
    title: 'Block output',
    family: 'io',
    doc: 'What the block gives to the outside.',
    inputs: 'one',
    params: {},
    isBlock: false,
    hasOutput: false,
  },
]

const byType = new Map([...kinds, ...portKinds].map((kind) => [kind.type, kind]))

/** The kind of a layer's or built-in block's type; `undefined` for others. */
export function kindOf(type: string): Kind | undefined {
  return byType.get(type)
}

/** The kind of a type in a document, own blocks included; `undefined` for a type that is not known there. */
export function kindIn(document: Pick<Document, 'blocks'>, type: string): Kind | undefined {
  const name = ownName(type)
  if (name === undefined) return kindOf(type)
  const block = ownBlock(document.blocks, name)
  return block && kindOfBlock(type, block)
}

/** Every kind that can be added to a document: own blocks too; inside a block its ports, but no input. */
export function kindsIn(document: Pick<Document, 'blocks' | 'within'>): readonly Kind[] {
  const { blocks, within } = document
  const own = Object.keys(blocks).flatMap((name) => kindIn(document, ownType(name)) ?? [])
  if (!within) return [...kinds, ...own]
  const fits = ({ type }: Kind) => isAllowedInside(type) && !closesCircle(document, type)
  return [...portKinds, ...kinds, ...own].filter(fits)
}

const ownKinds = new WeakMap<BlockDefinition, Kind>()

function kindOfBlock(type: string, block: BlockDefinition): Kind {
  const known = ownKinds.get(block)
  if (known?.type === type) return known
  const { title, doc, inputs, outputs } = block
  const kind: Kind = {
    type,
    title,
    family: 'block',
    doc,
    inputs: inputs.length === 0 ? 'none' : inputs.length === 1 ? 'one' : 'many',
    hasOutput: outputs.length > 0,
    isBlock: true,
    ports: { inputs: inputs.map(({ id }) => id), outputs: outputs.map(({ id }) => id) },
    params: fieldsOf(block),
    summary: (params) => summaryOfOwn(params),
  }
  ownKinds.set(block, kind)
  return kind
}

/** `N 64, stride 2`: the first parameters by name. */
function summaryOfOwn(params: Readonly<Record<string, unknown>>): string {
  return Object.entries(params)
    .slice(0, 3)
    .map(([name, value]) => `${name} ${valueText(value)}`)
    .join(', ')
}

/**
 * The setting line of a node, with its expressions computed, and defaults where its parameters are missing or wrong; empty
 * for a type without one.
 */
export function summaryOf(
  { type, params }: Pick<DocumentNode, 'type' | 'params'>,
  kind: Kind | undefined = kindOf(type),
  scope: Scope = {},
): string {
  if (!kind?.summary) return ''
  const values = Object.entries(kind.params).map(([name, field]) => {
    const given = resolve(Object.hasOwn(params, name) ? params[name] : undefined, scope)
    const read = 'value' in given ? readField(field, given.value) : given
    return [name, 'value' in read ? read.value : field.default] as const
  })
  return kind.summary(Object.fromEntries(values))
}
