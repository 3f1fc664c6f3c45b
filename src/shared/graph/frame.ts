import { emptyRecord } from './graph.js'
import type { Made } from './made.js'
import { usersOf } from './order.js'
import { portKey } from './own-block.js'
import { fromInput, placeOf } from './part.js'
import type { Feed, Wiring } from './wiring.js'

/** How the layers of a net hang together: what stays while only numbers change. */
export interface Frame {
  /** By step: the place of its first layer. */
  readonly starts: readonly number[]
  /** By step: the places of the layers that feed it, by input number; -1 for one that is not known. */
  readonly ports: readonly (readonly number[])[]
  /** By place: the places of the layers that feed them, in order; -1 for one that is not known. */
  readonly inputs: readonly (readonly number[])[]
  /** By place: those that use its output, once for each use. */
  readonly users: readonly (readonly number[] | undefined)[]
  /** By place: whether a layer is a head or feeds one. */
  readonly needed: Uint8Array
  /** For each output of a node, by `portKey`, the path of the layer that makes it. */
  readonly outputs: Readonly<Record<string, string>>
}

type Parts = readonly (Made | undefined)[]

interface Known {
  readonly made: Parts
  readonly frame: Frame
}

/** The last frames of a wiring: a net for images of any size is also tried out at one size, whose parts are others. */
const known = new WeakMap<Wiring, readonly Known[]>()

/** The frame of what the steps of a wiring became: the same object as before where no layer comes, goes or is fed anew. */
export function frameOf(wiring: Wiring, made: Parts): Frame {
  const before = known.get(wiring) ?? []
  const last = before.find((one) => one.made[0] === made[0]) ?? before[0]
  const isSame = last?.made.length === made.length && made.every((one, at) => isAlike(one, last.made[at]))
  const frame = isSame ? last.frame : framed(wiring, made)
  known.set(wiring, [{ made, frame }, ...before.filter((one) => one.made[0] !== made[0])].slice(0, 2))
  return frame
}

function isAlike(a: Made | undefined, b: Made | undefined): boolean {
  if (a === b || !a || !b) return a === b
  const [one, other] = [a.part, b.part]
  return (
    isSameList(one.ends, other.ends) &&
    isSameList(one.outputs, other.outputs) &&
    one.nodes.length === other.nodes.length &&
    one.nodes.every((node, i) => node.id === other.nodes[i]!.id && node.layer === other.nodes[i]!.layer) &&
    (one.sources === other.sources || one.sources.every((list, i) => isSameList(list, other.sources[i]!)))
  )
}

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a === b || (a.length === b.length && a.every((value, at) => value === b[at]))
}

function framed({ steps }: Wiring, made: Parts): Frame {
  const [starts, ports]: [number[], number[][]] = [[], []]
  const [inputs, heads]: [number[][], boolean[]] = [[], []]
  const outputs = emptyRecord<string>()
  const endOf = ({ from: { at }, output }: Feed) => {
    const source = made[at]?.part.ends[output]
    return source === undefined ? -1 : placeOf(source, starts[at]!, ports[at]!)
  }
  for (let at = 0; at < steps.length; at++) {
    const { id, feeds } = steps[at]!
    const start = inputs.length
    const from = feeds.map((feed) => (feed ? endOf(feed) : -1))
    starts.push(start)
    ports.push(from)
    const part = made[at]?.part
    if (!part) continue
    for (const sources of part.sources) inputs.push(isWhole(sources, from) ? from : placed(sources, start, from))
    for (const { layer } of part.nodes) heads.push(layer.family === 'head')
    for (let output = 0; output < part.outputs.length; output++) {
      const path = part.outputs[output]
      if (path !== undefined) outputs[portKey(id, output)] = path
    }
  }
  return {
    starts,
    ports,
    inputs,
    users: usersOf(inputs),
    needed: placesBehind(inputs, (place) => heads[place]!),
    outputs,
  }
}

function placed(sources: readonly number[], start: number, from: readonly number[]): number[] {
  return sources.map((source) => placeOf(source, start, from))
}

/** Whether a layer takes the inputs of its part as they are: most do, and then one list does for both. */
function isWhole(sources: readonly number[], from: readonly number[]): boolean {
  return sources.length === from.length && sources.every((source, input) => source === fromInput(input))
}

/** By place whether a layer is an end or feeds one. */
export function placesBehind(inputs: Frame['inputs'], isEnd: (place: number) => boolean): Uint8Array {
  const found = new Uint8Array(inputs.length)
  for (let place = found.length - 1; place >= 0; place--) {
    if (isEnd(place)) found[place] = 1
    if (found[place] === 1) for (const from of inputs[place]!) if (from >= 0) found[from] = 1
  }
  return found
}
