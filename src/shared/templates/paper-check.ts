import type { Document } from '../document/document.js'
import { AppError } from '../errors.js'
import { analyze } from '../graph/analyze.js'
import type { Analysis } from '../graph/graph.js'
import { valueText } from '../layers/fields.js'
import { buildTemplate, type Published, type Template } from './define.js'
import { firstDeviation, type Deviation } from './deviation.js'
import { templateOf } from './index.js'

/** How a document stands to the published numbers of the template that it was drawn from. */
export type PaperCheck = { readonly template: Template } & (
  | { readonly kind: 'match'; readonly published: Published }
  /** Drawn with values of the template that nobody has published numbers for. */
  | { readonly kind: 'other-form'; readonly published: Published; readonly message: string }
  | { readonly kind: 'deviates'; readonly published: Published; readonly first: Deviation }
)

/**
 * Compare a document with the paper: its numbers with the published ones, and layer by layer with the net as the template
 * draws it. `undefined` where it was drawn from no template, or from one without published numbers.
 */
export function paperCheck(document: Document, analysis: Analysis): PaperCheck | undefined {
  // The inside of a block, shown by itself, is not the net.
  if (!document.template || document.within) return undefined
  const template = templateOf(document.template.name)
  if (!template?.published?.[0]) return undefined
  const reference = referenceOf(template, document.template.values)
  if (!reference) return undefined
  const published = publishedFor(template, reference.document.template!.values)
  const first = firstDeviation(analysis, reference.analysis) ?? firstError(analysis)
  if (first) return { kind: 'deviates', template, published: published ?? template.published[0], first }
  if (published) {
    const wrong = wrongNumber(analysis, published)
    return wrong ? { kind: 'deviates', template, published, first: wrong } : { kind: 'match', template, published }
  }
  const message = otherForm(template, reference.document.template!.values)
  return { kind: 'other-form', template, published: template.published[0], message }
}

/** The published numbers of exactly this form of a template; `values` are those that differ from the defaults. */
function publishedFor(template: Template, values: Readonly<Record<string, unknown>>): Published | undefined {
  return template.published?.find(({ at }) => {
    const names = new Set([...Object.keys(at), ...Object.keys(values)])
    return [...names].every((name) => valueOf(template, at, name) === valueOf(template, values, name))
  })
}

interface Reference {
  readonly document: Document
  readonly analysis: Analysis
}

const references = new Map<string, Reference | undefined>()

/** The net as the template draws it, worked out once for each form. */
function referenceOf(template: Template, values: Readonly<Record<string, unknown>>): Reference | undefined {
  const key = JSON.stringify([template.name, values])
  if (!references.has(key)) references.set(key, drawn(template, values))
  return references.get(key)
}

function drawn(template: Template, values: Readonly<Record<string, unknown>>): Reference | undefined {
  try {
    const document = buildTemplate(template, values)
    return { document, analysis: analyze(document) }
  } catch (error) {
    // A file may name values that this version's template does not have: then there is nothing to compare with.
    if (error instanceof AppError) return undefined
    throw error
  }
}

/** A setting that is no value at all counts as its default in the net: it is an error for all that. */
function firstError({ issues }: Analysis): Deviation | undefined {
  const { message, where } = issues.find(({ severity }) => severity === 'error') ?? {}
  if (message === undefined) return undefined
  return where?.node === undefined ? { message } : { message, where: { node: where.node } }
}

/** A total that is not the published one, though every layer is as the template draws it. */
function wrongNumber({ parameters, multiplyAdds }: Analysis, published: Published): Deviation | undefined {
  const pairs = [
    ['parameters', parameters.total, published.parameters],
    ['trainable parameters', parameters.trainable, published.trainable],
    ['multiply-adds', multiplyAdds, published.multiplyAdds],
  ] as const
  const wrong = pairs.find(([, found, known]) => found !== known)
  if (!wrong) return undefined
  const [what, found, known] = wrong
  return { message: `The net has ${found.toLocaleString('en')} ${what}, the paper's ${known.toLocaleString('en')}.` }
}

/** Which values of a form are not the published ones: `classes 10 (published: 1000)`. */
function otherForm(template: Template, values: Readonly<Record<string, unknown>>): string {
  const at = template.published![0]!.at
  const names = [...new Set([...Object.keys(values), ...Object.keys(at)])]
  return names
    .filter((name) => valueOf(template, at, name) !== valueOf(template, values, name))
    .map(
      (name) =>
        `${name} ${valueText(valueOf(template, values, name))} (published: ${valueText(valueOf(template, at, name))})`,
    )
    .join(', ')
}

function valueOf(template: Template, values: Readonly<Record<string, unknown>>, name: string): unknown {
  return Object.hasOwn(values, name) ? values[name] : template.params[name]?.default
}

/** One line for a badge or a terminal. */
export function paperCheckText(check: PaperCheck): string {
  const { published } = check
  if (check.kind === 'deviates') return `Not the paper's net: ${check.first.message}`
  if (check.kind === 'other-form')
    return `As the template draws it, in a form without published numbers: ${check.message}`
  const numbers = `${published.parameters.toLocaleString('en')} parameters, ${published.multiplyAdds.toLocaleString('en')} multiply-adds`
  return `Matches the published numbers: ${numbers} (${published.source})`
}
