import { blocks } from '../blocks/index.js'
import type { Block } from '../blocks/define.js'
import { analyze } from '../graph/analyze.js'
import type { Analysis } from '../graph/graph.js'
import type { Layer } from '../layers/define.js'
import { defaultsOf } from '../layers/fields.js'
import { layers } from '../layers/index.js'
import { shapeText, sizeOf } from '../layers/shapes.js'
import { paperText } from '../papers.js'
import { curvePicture } from '../pictures/curve-picture.js'
import { documentPicture, insidePicture } from '../pictures/net-picture.js'
import type { Picture } from '../pictures/picture.js'
import { windowPicture } from '../pictures/window-picture.js'
import { buildTemplate, type Template } from '../templates/define.js'
import { templates } from '../templates/index.js'
import { CURVES } from './curves.js'
import { exampleOf, SUBJECT } from './example.js'
import { netNumbers, nodeNumbers, settingsOf, type Example, type Page } from './page.js'
import { kerasText, pytorchText } from './python.js'

const known = new Map<string, Page>()

/** The page of a layer, block or template, worked out when it is first asked for; `undefined` for a name that none has. */
export function pageOf(name: string): Page | undefined {
  const existing = known.get(name)
  if (existing) return existing
  const layer = layers.find(({ type }) => type === name)
  const block = blocks.find(({ type }) => type === name)
  const template = templates.find((one) => one.name === name)
  const page = layer ? layerPage(layer) : block ? blockPage(block) : template && templatePage(template)
  if (page) known.set(name, page)
  return page
}

/** Names of all pages, as the palette and the gallery list them. */
export const PAGES: readonly { readonly name: string; readonly title: string; readonly kind: Page['kind'] }[] = [
  ...layers.map(({ type, title }) => ({ name: type, title, kind: 'layer' as const })),
  ...blocks.map(({ type, title }) => ({ name: type, title, kind: 'block' as const })),
  ...templates.map(({ name, title }) => ({ name, title, kind: 'template' as const })),
]

function layerPage(layer: Layer): Page {
  const { type, title, doc, formula, source, params } = layer
  const document = exampleOf(type)
  const analysis = analyze(document)
  return {
    name: type,
    kind: 'layer',
    title,
    doc,
    ...(formula !== undefined && { formula }),
    ...(source && { source: paperText(source) }),
    settings: settingsOf(params),
    example: aboutNode(document, analysis),
    ...spelled(analysis),
    published: [],
    picture: layerPicture(layer, analysis, document.name),
  }
}

function blockPage({ type, title, doc, source, params }: Block): Page {
  const document = exampleOf(type)
  const analysis = analyze(document)
  return {
    name: type,
    kind: 'block',
    title,
    doc,
    source: paperText(source),
    settings: settingsOf(params),
    example: aboutNode(document, analysis),
    ...spelled(analysis),
    published: [],
    picture: insidePicture(`The inside of ${title}`, analysis, SUBJECT, 'words'),
    small: insidePicture(`The inside of ${title}`, analysis, SUBJECT, 'boxes'),
  }
}

function templatePage(template: Template): Page {
  const { name, title, doc, source, params, published = [] } = template
  const document = buildTemplate(template)
  const analysis = analyze(document)
  return {
    name,
    kind: 'template',
    title,
    doc,
    ...(source && { source: paperText(source) }),
    settings: settingsOf(params),
    example: { document, numbers: netNumbers(analysis), weights: [] },
    published,
    picture: documentPicture(document, analysis, 'words'),
    small: documentPicture(document, analysis, 'boxes'),
  }
}

/** A curve, a window on pixels, or else the layer between its neighbours. */
function layerPicture(layer: Layer, analysis: Analysis, name: string): Picture {
  const curve = CURVES[layer.type]
  if (curve) return curvePicture(layer.title, curve)
  const window = layer.window?.(defaultsOf(layer.params))
  if (window) return windowPicture(layer.title, window, [7, 7])
  return insidePicture(name, analysis, SUBJECT, 'words')
}

function aboutNode(document: Example['document'], analysis: Analysis): Example {
  const inner = analysis.graph.nodes.filter(({ origin }) => origin === SUBJECT)
  const weights = inner.flatMap(({ id }) =>
    Object.entries(analysis.nodes[id]!.weights).map(([weight, { shape, role }]) => {
      const name = id === SUBJECT ? weight : `${id.slice(SUBJECT.length + 1)}/${weight}`
      return [name, shapeText(shape), sizeOf(shape)!, role === 'trainable'] as const
    }),
  )
  return { document, node: SUBJECT, numbers: nodeNumbers(analysis, SUBJECT), weights }
}

/** The node of an example in the words of Keras and PyTorch, a line for each layer inside; none where a library lacks one. */
function spelled(analysis: Analysis): Pick<Page, 'keras' | 'pytorch'> {
  const inner = analysis.graph.nodes.filter(({ origin }) => origin === SUBJECT)
  const named = (id: string) =>
    id.startsWith(`${SUBJECT}/`) ? id.slice(SUBJECT.length + 1) : id === SUBJECT ? 'y' : 'x'
  const lines = (one: (node: (typeof inner)[number], inputs: string[]) => string | undefined) => {
    const texts = inner.map((node) => {
      const others = node.inputs.filter((from) => !inner.some(({ id }) => id === from))
      // Branches that come from outside are told apart by number.
      const inputs = node.inputs.map((from) => {
        return others.length > 1 && others.includes(from) ? `x${others.indexOf(from) + 1}` : named(from)
      })
      const text = one(node, inputs)
      return text === undefined ? undefined : `${named(node.id)} = ${text}`
    })
    return texts.includes(undefined) ? undefined : texts.join('\n')
  }
  const keras = lines(({ layer, params, id }, inputs) => {
    const spelling = layer.keras(params, analysis.nodes[id]!.inputs)
    return spelling && kerasText(spelling, inputs)
  })
  const pytorch = lines(({ layer, params, id }, inputs) => {
    const spelling = layer.pytorch(params, analysis.nodes[id]!.inputs)
    return spelling && pytorchText(spelling, inputs)
  })
  return { ...(keras !== undefined && { keras }), ...(pytorch !== undefined && { pytorch }) }
}
