import { isDeepStrictEqual } from 'node:util'
import { copy, paste } from '../../../src/shared/document/clipboard.js'
import { addNode, moveNodes, removeNodes, setParam, type Command } from '../../../src/shared/document/commands.js'
import type { Document } from '../../../src/shared/document/document.js'
import { inBlock } from '../../../src/shared/document/inside.js'
import { connect, disconnect, insertOnWire } from '../../../src/shared/document/wires.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'
import { chain, manyUses } from './analysis-nets.js'

/** How many edits are made, of which the first are not timed: until then the code is compiled. */
const [MADE, WARM] = [200, 40]

/** Prints times in ms of an analysis after an edit of a net of so many layers, and of a whole ResNet-152. */
const [size, only] = [Number(process.argv[2]), process.argv[3]]
const net = chain(size)
const nodes = Object.keys(net.nodes)
const [firstConv, skip] = [nodes[1]!, net.wires.find((wire) => wire.input === 1)!]
const late = net.wires.findLast((wire) => wire.input === 1)!
const convs = nodes.filter((id) => net.nodes[id]!.type === 'conv2d')
const conv = (i: number) => convs[(i * 37) % convs.length]!
/** Sets a convolution to 5x5, then back to 3x3, then the next: every edit changes something. */
const setting = (i: number) => setParam(conv(i >> 1), 'kernel', kernel(i))
const part = copy(net, nodes.slice(20, 40))
const [kernel, oddly] = [(i: number) => (i % 2 ? [3, 3] : [5, 5]), (i: number) => 33 + (i % 3)]

const cases: Readonly<Record<string, () => number[]>> = {
  move: () => edits(net, (i) => moveNodes({ [conv(i)]: [i + 1, i] })),
  setting: () => edits(net, setting),
  channels: () => edits(net, (i) => setParam(firstConv, 'bias', i % 2 === 1)),
  // Behind the last of them no layer but the classifier waits for a shape; behind the first almost all do.
  lateWire: () => edits(net, (i) => (i % 2 ? connect(late.from, late.to, 1) : disconnect(late))),
  wire: () => edits(net, (i) => (i % 2 ? connect(skip.from, skip.to, 1) : disconnect(skip))),
  added: () => edits(net, (i) => (i % 2 ? removeNodes(['relu']) : addNode('relu', [0, 0]))),
  inserted: () => each(net, (i) => insertOnWire(net.wires[(i * 9) % net.wires.length]!, 'relu', [0, 0])),
  removed: () => each(net, (i) => removeNodes([nodes[((i * 9) % (nodes.length - 3)) + 1]!])),
  pasted: () => each(net, () => paste(part)),
  size: () => edits(net, (i) => setParam('n0', 'height', oddly(i))),
  anySize: () => edits(setParam('n0', 'height', null)(net), setting),
  ownBlock: () => {
    const uses = Math.floor(size / 10)
    return edits(manyUses(uses), (i) => inBlock('unit', setParam('n1', 'kernel', kernel(i))))
  },
  resnet152: () => Array.from({ length: 40 }, () => time(buildTemplate(templateOf('resnet-152')!))).slice(10),
}

const times = Object.entries(cases).flatMap(([name, run]) => (only && only !== name ? [] : [[name, run()] as const]))
console.log(JSON.stringify({ nodes: nodes.length, ...Object.fromEntries(times) }))

/** Times of the analysis after each of a row of edits, each made of the document before. */
function edits(start: Document, edit: (i: number) => Command): number[] {
  let document = start
  const taken = Array.from({ length: MADE }, (_, i) => {
    const before = document
    document = edit(i)(before)
    if (isDeepStrictEqual(document, before)) throw new Error(`Edit ${i} changes nothing.`)
    return time(document)
  })
  return taken.slice(WARM)
}

/** The same for edits that are each made of the same document. */
function each(start: Document, edit: (i: number) => Command): number[] {
  analyze(start)
  return Array.from({ length: MADE }, (_, i) => time(edit(i)(start))).slice(WARM)
}

function time(document: Document): number {
  const begin = performance.now()
  const { issues } = analyze(document)
  const taken = performance.now() - begin
  if (issues.length > 20) throw new Error(issues[0]!.message)
  return taken
}
