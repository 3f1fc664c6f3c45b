import fc from 'fast-check'
import type { Document } from '../../src/shared/document/document.js'
import { kindOf } from '../../src/shared/document/kinds.js'
import { blockOf } from '../../src/shared/blocks/index.js'
import { addBlock, addLayer, type Draft } from '../../src/shared/graph/draft.js'
import { defaultsOf } from '../../src/shared/layers/fields.js'
import { layerOf } from '../../src/shared/layers/index.js'
import { isImage, sizeOf, type Shape } from '../../src/shared/layers/shapes.js'
import { hash } from '../../src/shared/random.js'
import { graphOf, type Short } from './graph-of.js'
import { IMAGE_OPERATIONS, VECTOR_OPERATIONS, type Dice, type Operation } from './random-operations.js'

/** Largest tensor that a random net makes, per image. */
const MOST_VALUES = 1_500

const MERGES = ['add', 'average', 'multiply', 'maximum', 'subtract', 'concat', 'concat'] as const

/** A random net without errors or warnings: small images, every layer and block, branches, one to three heads. */
export function randomDocument(seed: number): Document {
  let draws = 0
  return new Growth((low, high) => low + (hash(seed, draws++) % (high - low + 1))).net()
}

/** The dice that fall as a list says, and at the lowest number once it is over. */
export function diceOf(draws: readonly number[]): Dice {
  let at = 0
  return (low, high) => low + ((draws[at++] ?? 0) % (high - low + 1))
}

/** Lists of draws; they shrink towards short ones of small numbers, and so what is made of them does. */
export const draws = (most: number) => fc.array(fc.nat(0xffff), { maxLength: most, size: 'max' })

/** Random valid nets for fast-check; they shrink towards small nets. */
export const validDocument: fc.Arbitrary<Document> = draws(150).map((list) => new Growth(diceOf(list)).net())

class Growth {
  readonly #nodes: Record<string, Short> = {}
  readonly #draft: Draft = { nodes: [], shapes: new Map(), misfits: new Map(), input: undefined }
  readonly #outputs = new Map<string, string>()
  readonly #dice: Dice
  #count = 0

  constructor(dice: Dice) {
    this.#dice = dice
  }

  net(): Document {
    const dice = this.#dice
    const classes = dice(2, 6)
    // Stems and late auxiliary classifiers need larger images; most nets have small ones.
    const image = dice(0, 7)
      ? { height: dice(4, 12), width: dice(4, 12), channels: dice(0, 1) ? 3 : 1 }
      : { height: dice(27, 31), width: dice(27, 31), channels: 1 }
    const range = ['0 to 1', '-1 to 1', '0 to 255', image.channels === 3 ? 'ImageNet' : '0 to 1'][dice(0, 3)]
    let trunk = this.#try('input', { ...image, range })!
    const stops: string[] = []
    for (let step = dice(1, 6); step > 0; step--) {
      trunk = (dice(0, 3) === 0 ? this.#forkAndJoin(trunk) : this.#random(trunk)) ?? trunk
      stops.push(trunk)
    }
    const heads = dice(1, 3)
    this.#head(trunk, classes, 'main', 1)
    for (let i = 1; i < heads; i++) {
      this.#head(stops[dice(0, stops.length - 1)]!, classes, `aux_${i}`, dice(1, 10) / 10)
    }
    return graphOf(this.#nodes)
  }

  /** Two or three branches from one node that meet again in an add or a concat. */
  #forkAndJoin(from: string): string | undefined {
    const branches = [from, ...Array.from({ length: this.#dice(1, 2) }, () => this.#random(from, true))]
    const ports = branches.filter((port) => port !== undefined)
    if (ports.length < 2) return undefined
    const joined = this.#try(MERGES[this.#dice(0, MERGES.length - 1)]!, {}, ...ports)
    if (joined) return joined
    // What does not meet is taken out again, or its output would lead nowhere.
    for (const port of ports.slice(1)) this.#remove(port)
    return undefined
  }

  #random(from: string, keepSize = false): string | undefined {
    const operations = isImage(this.#shape(from)) ? IMAGE_OPERATIONS : VECTOR_OPERATIONS
    const usable: readonly Operation[] = keepSize ? operations.filter(({ keepsSize }) => keepsSize) : operations
    const { type, params } = usable[this.#dice(0, usable.length - 1)]!
    return this.#try(type, params(this.#dice, keepSize, this.#shape(from)), from)
  }

  #head(from: string, classes: number, id: string, weight: number): void {
    let port = from
    if (isImage(this.#shape(port))) {
      const pools = ['global_average_pool', 'global_max_pool', 'flatten'] as const
      port = this.#try(pools[this.#dice(0, 2)]!, {}, port)!
    }
    const isNumber = id !== 'main' && this.#dice(0, 3) === 0
    port = this.#try('dense', { units: isNumber ? 1 : classes, bias: this.#dice(0, 1) === 1 }, port)!
    const kind = this.#dice(0, 3) === 0 ? 'sigmoid' : 'softmax'
    const class_weights = this.#dice(0, 3) === 0 ? Array.from({ length: classes }, (_, i) => 1 + i / 2) : []
    this.#nodes[id] = isNumber ? ['regression_head', { weight }, port] : ['head', { weight, kind, class_weights }, port]
  }

  #shape(id: string): Shape {
    return this.#draft.shapes.get(this.#outputs.get(id)!)!
  }

  /** Add a node if its inputs fit and nothing gets too large; returns its id. */
  #try(type: string, params: Readonly<Record<string, unknown>>, ...inputs: string[]): string | undefined {
    const id = `${type}_${++this.#count}`
    const values = { ...defaultsOf(kindOf(type)!.params), ...params }
    const place = { id, origin: id, params: values, inputs: inputs.map((input) => this.#outputs.get(input)!) }
    const before = this.#draft.nodes.length
    const layer = layerOf(type)
    const output = layer ? addLayer(this.#draft, layer, place) : addBlock(this.#draft, blockOf(type)!, place)
    const fits = this.#draft.nodes.slice(before).every((node) => {
      const size = sizeOf(this.#draft.shapes.get(node.id) ?? [])
      return this.#draft.shapes.has(node.id) && size !== undefined && size <= MOST_VALUES
    })
    if (!fits) return undefined
    this.#outputs.set(id, output)
    this.#nodes[id] = [type, params, ...inputs]
    return id
  }

  #remove(id: string): void {
    delete this.#nodes[id]
    this.#outputs.delete(id)
  }
}
