import { emptyDocument, type Document, type DocumentNode, type NodeId, type Wire } from '../document/document.js'
import { kindOf } from '../document/kinds.js'
import { defaultsOf } from '../layers/fields.js'

/** Size of a node and distance between nodes on the canvas, in px. */
export const NODE = { width: 168, height: 64, gapX: 40, gapY: 80 } as const

const COLUMNS = 6

interface Cell {
  readonly column: number
  readonly row: number
  /** 0 on the trunk's line, 1 on the line of side branches below it. */
  readonly line: 0 | 1
}

/**
 * A net drawn from its input on: the trunk runs in rows from left to right, side branches hang below the node that they
 * leave. Nothing overlaps.
 */
export class Drawing {
  readonly #name: string
  readonly #nodes = new Map<NodeId, { readonly node: Omit<DocumentNode, 'at'>; readonly cell: Cell }>()
  readonly #wires: Wire[] = []
  #last: NodeId | undefined
  #column = 0
  #row = 0
  /** First free column of the side line, by row. */
  readonly #side = new Map<number, number>()

  constructor(name: string) {
    this.#name = name
  }

  /** Begin a new row of the trunk. */
  row(): void {
    if (this.#column === 0) return
    this.#row++
    this.#column = 0
  }

  /** Begin a new row unless `count` more nodes fit into this one. */
  fit(count: number): void {
    if (this.#column + count > COLUMNS) this.row()
  }

  /** Add a node behind the last one of the trunk; rows wrap by themselves. */
  then(id: NodeId, type: string, params: Readonly<Record<string, unknown>> = {}): NodeId {
    if (this.#column === COLUMNS) this.row()
    this.#add(id, type, params, { column: this.#column++, row: this.#row, line: 0 }, this.#last)
    this.#last = id
    return id
  }

  /** Hang a chain of nodes below a node of the trunk. */
  branch(from: NodeId, ...chain: readonly (readonly [NodeId, string, Readonly<Record<string, unknown>>])[]): void {
    const { column, row } = this.#nodes.get(from)!.cell
    let free = Math.max(column, this.#side.get(row) ?? 0)
    let source = from
    for (const [id, type, params] of chain) {
      this.#add(id, type, params, { column: free++, row, line: 1 }, source)
      source = id
    }
    this.#side.set(row, free)
  }

  #add(id: NodeId, type: string, params: Readonly<Record<string, unknown>>, cell: Cell, from: NodeId | undefined) {
    this.#nodes.set(id, { node: { type, params: { ...defaultsOf(kindOf(type)!.params), ...params } }, cell })
    if (from !== undefined) this.#wires.push({ from, to: id, input: 0 })
  }

  /** The finished document. */
  document(): Document {
    const lines = (row: number) => row + [...this.#side.keys()].filter((other) => other < row).length
    const place = ({ column, row, line }: Cell) =>
      [column * (NODE.width + NODE.gapX), (lines(row) + line) * (NODE.height + NODE.gapY)] as const
    const nodes = [...this.#nodes].map(([id, { node, cell }]) => [id, { ...node, at: place(cell) }])
    return { ...emptyDocument(this.#name), nodes: Object.fromEntries(nodes), wires: this.#wires }
  }
}
