import { blocks } from '../../../shared/blocks/index.js'
import type { Document } from '../../../shared/document/document.js'
import type { Analysis } from '../../../shared/graph/graph.js'
import { documentPicture, insidePicture } from '../../../shared/pictures/net-picture.js'
import type { Picture } from '../../../shared/pictures/picture.js'
import { exampleOf, SUBJECT } from '../../../shared/reference/example.js'
import { buildTemplate, FAMILIES, type Template } from '../../../shared/templates/define.js'
import { templates } from '../../../shared/templates/index.js'
import { analysisOf } from '../../stores/analysis.js'
import { compact, shapeWords } from '../../ui/format.js'

/** What the gallery offers: a template, or a block in a small net to try it in. */
export interface Entry {
  readonly name: string
  readonly title: string
  readonly doc: string
  readonly family: string
  /** Missing for a block. */
  readonly template?: Template
}

/** What a card shows of an entry. */
export interface Shown {
  readonly document: Document
  readonly picture: Picture
  readonly numbers: readonly string[]
}

const BLOCKS = 'Blocks'

const ENTRIES: readonly Entry[] = [
  ...templates.map((template) => ({ ...template, template })),
  ...blocks.map(({ type, title, doc }) => ({ name: type, title, doc, family: BLOCKS })),
]

const byName = new Map(ENTRIES.map((entry) => [entry.name, entry]))

/** The entry of a name, if there is one. */
export function entryOf(name: string): Entry | undefined {
  return byName.get(name)
}

export interface Family {
  readonly family: string
  readonly entries: readonly Entry[]
}

/** The gallery: every entry whose title, name or family has all words of the search, under its heading. */
export function searchEntries(search: string): readonly Family[] {
  const wanted = search.toLowerCase().split(/\s+/).filter(Boolean)
  return [...FAMILIES, BLOCKS]
    .map((family) => ({
      family,
      entries: ENTRIES.filter((one) => {
        const text = `${one.title} ${one.name} ${family}`.toLowerCase()
        return one.family === family && wanted.every((word) => text.includes(word))
      }),
    }))
    .filter((group) => group.entries.length > 0)
}

const known = new Map<string, Shown>()

/** What the card of an entry shows; worked out once. */
export function shownOf(entry: Entry): Shown {
  const existing = known.get(entry.name)
  if (existing) return existing
  const shown = entry.template ? netShown(entry.template) : blockShown(entry)
  known.set(entry.name, shown)
  return shown
}

function netShown(template: Template): Shown {
  const document = buildTemplate(template)
  const analysis = analysisOf(document)
  const { parameters, multiplyAdds, heads, input } = analysis
  const depth = heads[0]?.depth?.longest
  return {
    document,
    picture: documentPicture(document, analysis, 'boxes'),
    numbers: [
      ...costs(parameters.total, multiplyAdds),
      ...(depth === undefined ? [] : [`depth ${depth}`]),
      ...(input ? [shapeWords(input.shape)] : []),
      ...(heads.length > 1 ? [`${heads.length} heads`] : []),
    ],
  }
}

function blockShown({ name, title }: Entry): Shown {
  const document = exampleOf(name)
  const analysis = analysisOf(document)
  const { parameters, multiplyAdds, layers } = analysis.origins[SUBJECT]!
  const fed = inputOf(document, analysis)
  return {
    document,
    picture: insidePicture(title, analysis, SUBJECT, 'boxes'),
    numbers: [...costs(parameters, multiplyAdds), `${layers} layers`, ...(fed ? [`of ${fed}`] : [])],
  }
}

function costs(parameters: number, multiplyAdds: number): readonly string[] {
  return [`${compact(parameters)} parameters`, `${compact(multiplyAdds)} multiply-adds`]
}

function inputOf({ wires }: Document, { origins }: Analysis): string | undefined {
  const shape = origins[wires.find(({ to }) => to === SUBJECT)?.from ?? '']?.output
  return shape && shapeWords(shape)
}

let last: { readonly entry: Entry; readonly values: object; readonly document: Document } | undefined

/**
 * The document of an entry with values that differ from the defaults; the same object while these are asked for again, so
 * that what was worked out to show its numbers is there when it opens.
 */
export function drawnWith(entry: Entry, values: Readonly<Record<string, unknown>>): Document {
  if (!entry.template || Object.keys(values).length === 0) return shownOf(entry).document
  if (last?.entry !== entry || last.values !== values) {
    last = { entry, values, document: buildTemplate(entry.template, values) }
  }
  return last.document
}
