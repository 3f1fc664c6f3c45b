import { moveNodes, setParam, type Command } from '../../../src/shared/document/commands.js'
import { emptyDocument, type Document, type DocumentNode, type Wire } from '../../../src/shared/document/document.js'
import { connect, disconnect } from '../../../src/shared/document/wires.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { defaultsOf } from '../../../src/shared/layers/fields.js'
import { layerOf } from '../../../src/shared/layers/index.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'

/** Prints times in ms of an analysis after an edit of a net of so many layers, and of a whole ResNet-152. */
const net = chain(Number(process.argv[2]))
const nodes = Object.keys(net.nodes).length
const skip = net.wires.find((wire) => wire.input === 1)!
const middle = skip.to
const firstConv = Object.keys(net.nodes)[1]!

console.log(
  JSON.stringify({
    nodes,
    setting: edits(net, (i) => setParam(conv(i), 'kernel', i % 2 ? [3, 3] : [5, 5])),
    move: edits(net, (i) => moveNodes({ [conv(i)]: [i, i] })),
    // From this node on every layer waits for a shape: what comes behind is known anew.
    wire: edits(net, (i) => (i % 2 ? connect(skip.from, middle, 1) : disconnect(skip))),
    // Every shape of the net changes.
    size: edits(net, (i) => setParam('n0', 'height', 32 + (i % 3))),
    channels: edits(net, (i) => setParam(firstConv, 'bias', i % 2 === 0)),
    resnet152: Array.from({ length: 40 }, () => time(buildTemplate(templateOf('resnet-152')!))).slice(10),
  }),
)

function conv(i: number): string {
  const convs = Object.keys(net.nodes).filter((id) => net.nodes[id]!.type === 'conv2d')
  return convs[(i * 37) % convs.length]!
}

/** Times of the analysis after each of a row of edits, each made of the document before. */
function edits(start: Document, edit: (i: number) => Command): number[] {
  let document = start
  return Array.from({ length: 80 }, (_, i) => time((document = edit(i)(document)))).slice(20)
}

function time(document: Document): number {
  const begin = performance.now()
  const { issues } = analyze(document)
  const taken = performance.now() - begin
  if (issues.length > 1) throw new Error(issues[0]!.message)
  return taken
}

/** Convolutions, norms, relus and skip wires in turn. */
function chain(layers: number): Document {
  const nodes: Record<string, DocumentNode> = {}
  const wires: Wire[] = []
  const add = (type: string, params: Record<string, unknown>, ...inputs: string[]) => {
    const id = `n${Object.keys(nodes).length}`
    nodes[id] = { type, params: { ...defaultsOf(layerOf(type)!.params), ...params }, at: [0, 0] }
    inputs.forEach((from, input) => wires.push({ from, to: id, input }))
    return id
  }
  let x = add('conv2d', { filters: 16 }, add('input', { height: 32, width: 32, channels: 3 }))
  while (Object.keys(nodes).length + 4 <= layers - 3) {
    const convolution = add('conv2d', { filters: 16, bias: false }, x)
    const branch = add('relu', {}, add('batch_norm', {}, convolution))
    x = add('add', {}, branch, x)
  }
  add('head', {}, add('dense', { units: 10 }, add('global_average_pool', {}, x)))
  return { ...emptyDocument(), nodes, wires }
}
