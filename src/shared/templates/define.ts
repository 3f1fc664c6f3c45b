import type { Document } from '../document/document.js'
import { AppError } from '../errors.js'
import type { Paper } from '../papers.js'
import { choice, extent, int, readField, type Field, type Fields, type ValuesOf } from '../layers/fields.js'

/** Numbers that someone else counted for an architecture, to check ours against. */
export interface Published {
  /** Template values they hold for; the others at their defaults. */
  readonly at: Readonly<Record<string, unknown>>
  /** All weights, moving statistics included. */
  readonly parameters: number
  readonly trainable: number
  readonly multiplyAdds: number
  readonly source: string
}

/** Headings of the gallery, in its order. */
export const FAMILIES = [
  'For small images',
  'ResNet',
  'Plain nets',
  'GoogLeNet and Inception',
  'Inception-ResNet',
  'DenseNet',
  'AlexNet and VGG',
  'Small and fast',
  'ConvNeXt',
] as const

/** All that is known of a family of nets; `build` draws one of them as a document. */
export interface TemplateSpec<F extends Fields> {
  /** Kebab-case; stable, scripts use it. */
  readonly name: string
  readonly title: string
  readonly family: (typeof FAMILIES)[number]
  readonly doc: string
  /** Where it comes from; left out for nets of our own. */
  readonly source?: Paper
  readonly params: F
  /** Draw the net; `values` are complete and valid. */
  readonly build: (values: ValuesOf<F>) => Document
  readonly published?: readonly Published[]
}

/** A template whose parameter type is no longer known, as the registry holds it. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Template = TemplateSpec<any>

/** Declare a template. */
export function defineTemplate<const F extends Fields>(spec: TemplateSpec<F>): Template {
  return spec
}

/** Fields that every classifier of images has. */
export function imageFields(size: number, classes: number) {
  return {
    classes: int('Classes of the data.', classes, { min: 2 }),
    height: extent('Height of the images in px, or any.', size),
    width: extent('Width of the images in px, or any.', size),
  }
}

/** Field of nets with auxiliary heads. */
export function headsField() {
  return choice('All heads, or the main head alone.', 'all', 'main')
}

/** Document of a template; values may be texts as in `--set height=64`. Throws `input/invalid` for a wrong one. */
export function buildTemplate(template: Template, given: Readonly<Record<string, unknown>> = {}): Document {
  const names = Object.keys(template.params)
  for (const name of Object.keys(given)) {
    if (names.includes(name) || given[name] === undefined) continue
    throw new AppError('input/invalid', `${template.title} has no field ${name}.`, `It has ${names.join(', ')}.`)
  }
  const values = Object.entries(template.params as Fields).map(([name, field]) => {
    const value = given[name]
    const read = readField(field, typeof value === 'string' ? fromText(field, value) : value)
    if ('value' in read) return [name, read.value] as const
    throw new AppError('input/invalid', `${name} of ${template.title} ${read.problem}.`, field.doc)
  })
  const changed = values.filter(([name, value]) => value !== (template.params as Fields)[name]!.default)
  const use = { name: template.name, values: Object.fromEntries(changed) }
  return { ...template.build(Object.fromEntries(values)), template: use }
}

/** What a text means for a field; the text itself where it means nothing, so that the message can show it. */
function fromText(field: Field, text: string): unknown {
  if (field.kind === 'choice') return text
  if (field.kind === 'flag') return text === 'true' ? true : text === 'false' ? false : text
  if (field.kind === 'extent' && text === 'any') return null
  if (field.kind === 'size') return text.split('x').map(Number)
  if (field.kind === 'sides') return text.split(' ').map(Number)
  if (field.kind === 'numbers') return text.split(/[ ,]+/).filter(Boolean).map(Number)
  return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text)
}
