import {
  emptyDocument,
  type BlockDefinition,
  type Document,
  type DocumentNode,
  type Wire,
} from '../../../src/shared/document/document.js'
import { defaultsOf } from '../../../src/shared/layers/fields.js'
import { layerOf } from '../../../src/shared/layers/index.js'

/** Nodes and wires in the making. */
class Growing {
  readonly nodes: Record<string, DocumentNode> = {}
  readonly wires: Wire[] = []

  add(type: string, params: Record<string, unknown>, ...inputs: string[]): string {
    const id = `n${Object.keys(this.nodes).length}`
    this.nodes[id] = { type, params: { ...defaultsOf(layerOf(type)?.params ?? {}), ...params }, at: [0, 0] }
    inputs.forEach((from, input) => this.wires.push({ from, to: id, input }))
    return id
  }

  /** Convolution, norm and relu with a skip wire around them: four nodes. */
  unit(x: string): string {
    const convolution = this.add('conv2d', { filters: 16, bias: false }, x)
    const branch = this.add('relu', {}, this.add('batch_norm', {}, convolution))
    return this.add('add', {}, branch, x)
  }

  head(x: string): void {
    this.add('head', {}, this.add('dense', { units: 10 }, this.add('global_average_pool', {}, x)))
  }
}

const IMAGE = { height: 32, width: 32, channels: 3 }

/** Convolutions, norms, relus and skip wires in turn. */
export function chain(layers: number): Document {
  const net = new Growing()
  let x = net.add('conv2d', { filters: 16 }, net.add('input', IMAGE))
  while (Object.keys(net.nodes).length + 4 <= layers - 3) x = net.unit(x)
  net.head(x)
  return { ...emptyDocument(), nodes: net.nodes, wires: net.wires }
}

/** A net of uses of one own block of ten layers. */
export function manyUses(count: number): Document {
  const inside = new Growing()
  let x = inside.add('relu', {}, 'in')
  for (let i = 0; i < 2; i++) x = inside.unit(x)
  inside.wires.push({ from: inside.add('relu', {}, x), to: 'out', input: 0 })
  const unit: BlockDefinition = {
    title: 'Unit',
    doc: '',
    inputs: [{ id: 'in', at: [0, 0] }],
    outputs: [{ id: 'out', at: [0, 0] }],
    params: [],
    nodes: inside.nodes,
    wires: inside.wires,
  }
  const net = new Growing()
  let y = net.add('conv2d', { filters: 16 }, net.add('input', IMAGE))
  for (let i = 0; i < count; i++) y = net.add('own/unit', {}, y)
  net.head(y)
  return { ...emptyDocument(), nodes: net.nodes, wires: net.wires, blocks: { unit } }
}
