import { analyze } from '../../../src/shared/graph/analyze.js'
import type { Document, DocumentNode, Wire } from '../../../src/shared/document/document.js'
import { emptyDocument } from '../../../src/shared/document/document.js'
import { layerOf } from '../../../src/shared/layers/index.js'
import { defaultsOf } from '../../../src/shared/layers/fields.js'

/** Prints the times in ms of analysing a net of so many layers: convolutions, norms, relus and skip wires in turn. */
const size = Number(process.argv[2])
const document = chain(size)
const times: number[] = []
for (let i = 0; i < 60; i++) {
  // A new document each time, as after an edit: nothing remembered from before may help.
  const edited = { ...document, nodes: { ...document.nodes } }
  const begin = performance.now()
  const { issues } = analyze(edited)
  times.push(performance.now() - begin)
  if (issues.length > 0) throw new Error(issues[0]!.message)
}
console.log(JSON.stringify({ nodes: Object.keys(document.nodes).length, times: times.slice(10) }))

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
    const branch = add('relu', {}, add('batch_norm', {}, add('conv2d', { filters: 16 }, x)))
    x = add('add', {}, branch, x)
  }
  add('head', {}, add('dense', { units: 10 }, add('global_average_pool', {}, x)))
  return { ...emptyDocument(), nodes, wires }
}
