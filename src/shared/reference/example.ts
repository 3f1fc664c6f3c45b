import { blockOf } from '../blocks/index.js'
import { emptyDocument, type Document, type DocumentNode } from '../document/document.js'
import { kindOf } from '../document/kinds.js'
import { analyze } from '../graph/analyze.js'
import { layoutGraph } from '../graph/layout.js'
import { defaultsOf } from '../layers/fields.js'
import { layerOf } from '../layers/index.js'

/** Name of the node that an example is about. */
export const SUBJECT = 'example'

/** A node of an example: type, what differs from the defaults, and what feeds it. */
type Short = readonly [type: string, params: Readonly<Record<string, unknown>>, ...inputs: string[]]

/** Image that layers are shown with, and channels of the convolution in front of them. */
const PHOTO = [32, 32, 3] as const
const CHANNELS = 64

/**
 * A small net with a layer or block in it that can be trained as it is: a convolution makes what it usually gets, or two
 * where it joins branches, and a classifier follows.
 */
export function exampleOf(type: string): Document {
  const wanted = [imageExample(type), vectorExample(type), headExample(type)]
  return wanted.find((document) => analyze(document).issues.every(({ severity }) => severity !== 'error')) ?? wanted[0]!
}

function imageExample(type: string): Document {
  const [height, width, channels] = blockOf(type) ? (blockOf(type)!.typical ?? [28, 28, 64]) : [...PHOTO.slice(0, 2), CHANNELS] // prettier-ignore
  const title = kindOf(type)?.title ?? type
  if (type === 'input') return drawn(title, { [SUBJECT]: ['input', {}], ...classifier(SUBJECT, false) })
  const joins = kindOf(type)?.inputs === 'many'
  // What works on colour images takes the photo itself.
  const own = channels === 3
  const conv = { filters: channels }
  const nodes: Record<string, Short> = {
    input: ['input', { height, width, channels: 3 }],
    ...(own ? {} : { conv_1: ['conv2d', conv, 'input'] as const }),
    ...(joins ? { conv_2: ['conv2d', { ...conv, kernel: [1, 1] }, 'input'] as const } : {}),
    [SUBJECT]: [type, {}, own ? 'input' : 'conv_1', ...(joins ? ['conv_2'] : [])],
  }
  const bare = analyze(drawn(title, nodes)).origins[SUBJECT]?.output
  return drawn(title, { ...nodes, ...classifier(SUBJECT, bare?.length === 1) })
}

/** A layer that works on vectors, behind global average pooling; dense layers give the classes themselves. */
function vectorExample(type: string): Document {
  const title = kindOf(type)?.title ?? type
  const nodes: Record<string, Short> = { ...front(), [SUBJECT]: [type, {}, 'pool_1'] }
  const bare = analyze(drawn(title, nodes)).origins[SUBJECT]?.output
  const end: Record<string, Short> = type === 'dense' ? { main: ['head', {}, SUBJECT] } : classifier(SUBJECT, bare?.length === 1) // prettier-ignore
  return drawn(title, { ...nodes, ...end })
}

/** An end of the net. */
function headExample(type: string): Document {
  return drawn(kindOf(type)?.title ?? type, {
    ...front(),
    logits: ['dense', layerOf(type)?.head?.predicts === 'number' ? { units: 1 } : {}, 'pool_1'],
    [SUBJECT]: [type, {}, 'logits'],
  })
}

function front(): Record<string, Short> {
  const [height, width, channels] = PHOTO
  return {
    input: ['input', { height, width, channels }],
    conv_1: ['conv2d', { filters: CHANNELS }, 'input'],
    pool_1: ['global_average_pool', {}, 'conv_1'],
  }
}

function classifier(from: string, isVector: boolean): Record<string, Short> {
  return {
    ...(isVector ? {} : { pool: ['global_average_pool', {}, from] }),
    logits: ['dense', {}, isVector ? from : 'pool'],
    main: ['head', {}, 'logits'],
  }
}

function drawn(title: string, shorts: Readonly<Record<string, Short>>): Document {
  const entries = Object.entries(shorts)
  const inputs = new Map(entries.map(([id, [, , ...feeds]]) => [id, feeds]))
  const places = layoutGraph({ ids: entries.map(([id]) => id), inputs })
  const nodes = entries.map(([id, [type, params]]): [string, DocumentNode] => [
    id,
    { type, params: { ...defaultsOf(kindOf(type)?.params ?? {}), ...params }, at: places.get(id)! },
  ])
  const wires = entries.flatMap(([to, [, , ...feeds]]) => feeds.map((from, input) => ({ from, to, input })))
  return { ...emptyDocument(`Example of ${title}`), nodes: Object.fromEntries(nodes), wires }
}
