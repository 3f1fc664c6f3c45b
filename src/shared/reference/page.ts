import type { Document } from '../document/document.js'
import type { Analysis } from '../graph/graph.js'
import { valueText, type Field, type Fields } from '../layers/fields.js'
import { shapeText } from '../layers/shapes.js'
import type { Picture } from '../pictures/picture.js'
import type { Published } from '../templates/define.js'

/** One line of a table of numbers. */
export type Row = readonly [name: string, value: string]

/** A setting with what it means and which values it takes. */
export interface Setting {
  readonly name: string
  readonly doc: string
  readonly values: string
  readonly usual: string
}

/** A net to try it in, and the numbers of the node that the page is about. */
export interface Example {
  readonly document: Document
  /** Node of the document that the page is about; left out: all of it. */
  readonly node?: string
  readonly numbers: readonly Row[]
  /** Name, shape and how many values, of each weight. */
  readonly weights: readonly (readonly [name: string, shape: string, count: number, trained: boolean])[]
}

/** Everything that is to be said of a layer, block or template: the window and the written pages show the same. */
export interface Page {
  /** Type of the layer or block, or name of the template: the name of its file. */
  readonly name: string
  readonly kind: 'layer' | 'block' | 'template'
  readonly title: string
  readonly doc: string
  readonly formula?: string
  /** The paper it comes from. */
  readonly source?: string
  readonly settings: readonly Setting[]
  readonly example: Example
  readonly keras?: string
  readonly pytorch?: string
  readonly published: readonly Published[]
  readonly picture: Picture
  /** The same without words, where the picture is too large for them to be read in a small place. */
  readonly small?: Picture
}

/** The settings of a form as a page lists them. */
export function settingsOf(fields: Fields): readonly Setting[] {
  return Object.entries(fields).map(([name, field]) => ({
    name,
    doc: field.doc,
    values: valuesText(field),
    usual: valueText(field.default),
  }))
}

function valuesText(field: Field): string {
  switch (field.kind) {
    case 'int':
      return `whole number, ${grouped(field.min)} to ${grouped(field.max)}`
    case 'number':
      return `number, ${grouped(field.min)} to ${grouped(field.max)}`
    case 'size':
      return `height x width, each ${grouped(field.min)} to ${grouped(field.max)}`
    case 'choice':
      return field.options.join(', ')
    case 'flag':
      return 'true or false'
    case 'extent':
      return `px, ${grouped(field.min)} to ${grouped(field.max)}, or any`
    case 'numbers':
      return `list of numbers, each ${grouped(field.min)} to ${grouped(field.max)}`
    case 'sides':
      return `top, bottom, left, right, each ${grouped(field.min)} to ${grouped(field.max)}`
  }
}

/** The numbers of one node of a net. */
export function nodeNumbers(analysis: Analysis, node: string): readonly Row[] {
  const facts = analysis.origins[node]!
  const inner = analysis.graph.nodes.filter(({ origin }) => origin === node)
  const own = new Set(inner.map(({ id }) => id))
  const feeds = [...new Set(inner.flatMap(({ inputs }) => inputs.filter((from) => !own.has(from))))]
  const shapes = feeds.flatMap((from) => analysis.nodes[from]?.output ?? [])
  return [
    ...(shapes.length > 0 ? [['In', feeds.map((from) => textOf(analysis, from)).join(', ')] as const] : []),
    ['Out', facts.output ? shapeText(facts.output) : '?'],
    ['Parameters', grouped(facts.parameters)],
    ...(facts.trainable === facts.parameters ? [] : [['of these trainable', grouped(facts.trainable)] as const]),
    ['Multiply-adds', grouped(facts.multiplyAdds)],
    ...(facts.layers > 1 ? [['Layers inside', grouped(facts.layers)] as const] : []),
  ]
}

/** The numbers of a whole net. */
export function netNumbers(analysis: Analysis): readonly Row[] {
  const { parameters, multiplyAdds, heads, graph, input } = analysis
  const depth = heads[0]?.depth
  return [
    ['Input', input ? shapeText(input.shape) : '?'],
    ['Heads', heads.map(({ id, shape }) => `${id} ${shape ? shapeText(shape) : '?'}`).join(', ')],
    ['Parameters', grouped(parameters.total)],
    ['of these trainable', grouped(parameters.trainable)],
    ['Multiply-adds', grouped(multiplyAdds)],
    ...(depth
      ? [
          ['Layers with weights, longest way to the head', grouped(depth.longest)] as const,
          ['on the shortest way', grouped(depth.shortest)] as const,
        ]
      : []),
    ['Layers, blocks opened', grouped(graph.nodes.length)],
  ]
}

function textOf(analysis: Analysis, id: string): string {
  const shape = analysis.nodes[id]?.output
  return shape ? shapeText(shape) : '?'
}

/** `1,234,567`. */
export function grouped(value: number): string {
  return Math.abs(value) >= 1e6 && value % 1e6 === 0 && Math.abs(value) > 1e8
    ? value.toExponential().replace('+', '')
    : value.toLocaleString('en-US')
}
