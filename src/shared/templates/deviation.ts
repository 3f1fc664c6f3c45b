import type { Analysis, FlatNode } from '../graph/graph.js'
import { valueText } from '../layers/fields.js'
import { shapeText } from '../layers/shapes.js'

/** The first layer that is not as in another net. */
export interface Deviation {
  readonly message: string
  /** Node of the document that it is in, and its path, where there is one. */
  readonly where?: { readonly node: string; readonly inner?: string }
}

/** Settings of training that change neither a shape nor a number: in a paper's net they may differ. */
const FREE: ReadonlySet<string> = new Set([
  'rate',
  'momentum',
  'epsilon',
  'start',
  'weight',
  'smoothing',
  'class_weights',
])

/**
 * Where a net first leaves another, walking the other from front to back: a layer that is missing, of another type, with
 * other settings or other inputs, or one too many. Names do not matter, nor whether a block is opened. Of layers that are
 * alike, as those of equal blocks in a row, it is the one whose name is missing.
 */
export function firstDeviation(net: Analysis, reference: Analysis): Deviation | undefined {
  const lenient = walk(net, reference, new Matching(net.graph.nodes, FREE))
  if (!lenient) return undefined
  const names = new Set(reference.graph.nodes.map(({ id }) => nameOf(id)))
  return walk(net, reference, new Matching(net.graph.nodes, FREE, names)) ?? lenient
}

/** Whether two nets have the same layers with the same settings, wired in the same way, whatever their names and blocks are. */
export function haveSameLayers(one: Analysis, other: Analysis): boolean {
  const [these, those] = [one.graph.nodes, other.graph.nodes]
  const matching = new Matching(these, new Set())
  return these.length === those.length && those.every((node) => matching.take(node))
}

function walk(net: Analysis, reference: Analysis, matching: Matching): Deviation | undefined {
  const missing = reference.graph.nodes.find((node) => !matching.take(node))
  if (missing) return explain(missing, matching, reference)
  const extra = net.graph.nodes.find(({ id }) => !matching.isTaken(id))
  return extra && { message: `${extra.id} (${extra.layer.title}) is not in the paper's net.`, where: whereOf(extra) }
}

/** Which nodes of a net stand for which of another. */
class Matching {
  readonly nodes: readonly FlatNode[]
  readonly free: ReadonlySet<string>
  /** Names of the other net, where a node that bears one of them stands for no other. */
  readonly #names: ReadonlySet<string>
  readonly #byFeeds = new Map<string, FlatNode[]>()
  readonly #byName = new Map<string, FlatNode>()
  /** By path in the other net. */
  readonly #found = new Map<string, FlatNode>()
  readonly #taken = new Set<string>()

  constructor(nodes: readonly FlatNode[], free: ReadonlySet<string>, names: ReadonlySet<string> = new Set()) {
    this.nodes = nodes
    this.free = free
    this.#names = names
    for (const node of nodes) {
      const key = keyOf(node.layer.type, node.inputs)
      const list = this.#byFeeds.get(key)
      if (list) list.push(node)
      else this.#byFeeds.set(key, [node])
      this.#byName.set(nameOf(node.id), node)
    }
  }

  /** Find what stands for a node, one of the same name if it can be. */
  take(node: FlatNode): boolean {
    const inputs = this.inputsOf(node)
    if (inputs.includes(undefined)) return false
    const free = this.#byFeeds
      .get(keyOf(node.layer.type, inputs as string[]))
      ?.filter((one) => !this.#taken.has(one.id) && differing(one, node, this.free) === undefined)
    const named = free?.find(({ id }) => nameOf(id) === nameOf(node.id))
    const one = named ?? free?.find(({ id }) => !this.#names.has(nameOf(id)))
    if (!one) return false
    this.#found.set(node.id, one)
    this.#taken.add(one.id)
    return true
  }

  /** What stands for the inputs of a node. */
  inputsOf(node: FlatNode): readonly (string | undefined)[] {
    return node.inputs.map((path) => this.#found.get(path)?.id)
  }

  isTaken(id: string): boolean {
    return this.#taken.has(id)
  }

  /** What has the name of a node and stands for nothing yet. */
  named(node: FlatNode): FlatNode | undefined {
    const same = this.#byName.get(nameOf(node.id))
    return same && !this.#taken.has(same.id) ? same : undefined
  }

  /** What stands for nothing yet and follows what should feed a node. */
  follower(node: FlatNode): FlatNode | undefined {
    const [first] = this.inputsOf(node)
    return this.nodes.find(({ id, inputs }) => !this.#taken.has(id) && first !== undefined && inputs.includes(first))
  }
}

function explain(node: FlatNode, matching: Matching, reference: Analysis): Deviation {
  const follower = matching.follower(node)
  // What follows under the name of another layer of the paper's net is that layer, and this one is gone.
  const isOther = follower && reference.graph.nodes.some(({ id }) => nameOf(id) === nameOf(follower.id))
  const near = matching.named(node) ?? (isOther ? undefined : follower)
  if (!near) {
    const message = `${node.id} (${node.layer.title}) of the paper's net is missing.`
    // A block that lacks it is the place, else what follows where it was.
    const isThere = matching.nodes.some(({ origin }) => origin === node.origin)
    if (isThere) return { message, where: { node: node.origin } }
    return follower ? { message, where: whereOf(follower) } : { message }
  }
  const where = whereOf(near)
  const say = (message: string): Deviation => ({ message, where })
  if (near.layer.type !== node.layer.type) {
    return say(`${near.id} is ${near.layer.title}, in the paper's net ${node.layer.title}.`)
  }
  const wanted = matching.inputsOf(node)
  const between = near.inputs.find((path, i) => path !== wanted[i])
  const inserted = matching.nodes.find(({ id }) => id === between && !matching.isTaken(id))
  if (inserted) {
    const message = `${inserted.id} (${inserted.layer.title}) in front of ${near.id} is not in the paper's net.`
    return { message, where: whereOf(inserted) }
  }
  if (near.inputs.length !== wanted.length || between !== undefined) {
    return say(`${near.id} gets ${named(near.inputs)}, in the paper's net ${named(node.inputs)}.`)
  }
  const [name, mine, theirs] = differing(near, node, matching.free) ?? ['', undefined, undefined]
  const output = reference.nodes[node.id]?.output
  const makes = output && node.layer.type !== 'input' ? `, which makes ${shapeText(output)}` : ''
  return say(`${near.id} has ${name} ${valueText(mine)}, in the paper's net ${valueText(theirs)}${makes}.`)
}

/** The first setting that is not the same, with both values. */
function differing(
  a: FlatNode,
  b: FlatNode,
  free: ReadonlySet<string>,
): readonly [name: string, a: unknown, b: unknown] | undefined {
  for (const name in b.params) {
    if (free.has(name)) continue
    const [mine, theirs] = [a.params[name], b.params[name]]
    if (mine !== theirs && JSON.stringify(mine) !== JSON.stringify(theirs)) return [name, mine, theirs]
  }
  return undefined
}

const keyOf = (type: string, inputs: readonly string[]) => `${type} ${inputs.join(' ')}`

/** A path as the name that the node has once its block is opened. */
const nameOf = (path: string) => path.replaceAll('/', '_')

function whereOf({ id, origin }: FlatNode): NonNullable<Deviation['where']> {
  return id === origin ? { node: origin } : { node: origin, inner: id }
}

function named(paths: readonly string[]): string {
  return paths.length === 0 ? 'nothing' : paths.join(' and ')
}
