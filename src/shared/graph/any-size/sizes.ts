import type { Shape } from '../../layers/shapes.js'
import type { Expansion } from '../expand.js'
import type { FlatNode } from '../graph.js'
import { sidesOf } from './keeps.js'
import { demandsOf, extentAt, mod, slide, smallestFor, WHOLE, type Extent } from './extent.js'

/** Height or width on a wire as a function of the image's; `undefined` where that is not known. */
export type Side = Extent | undefined

/** Which heights (or widths) of the image a net takes. */
export interface SideRule {
  /** Smaller images do not fit. */
  readonly smallest: number
  /** Of the sizes from there on those that work: `remainder` more than a multiple of `every`; missing if all of them do. */
  readonly only?: Rhythm
  /** The sizes at which no stride on the way to the main head leaves pixels over, if there are any. */
  readonly whole?: Rhythm
  /** False where a layer makes a size that is not known, so that more may be asked. */
  readonly complete: boolean
}

/** Sizes `remainder`, `remainder + every`, `remainder + 2 every`, … */
export interface Rhythm {
  readonly every: number
  readonly remainder: number
}

/** Extents of all layers along one side, and what they ask of the image. */
export interface SideSizes {
  readonly extents: ReadonlyMap<string, Extent>
  readonly rule: SideRule
}

/** Strides whose product is larger are not looked at for rhythms. */
const LONGEST = 4_096

interface Demands {
  /** By place the layers whose windows shall leave nothing over; all if missing. */
  readonly trunk: Uint8Array | undefined
  smallest: number
  complete: boolean
  /** Extents that must leave a remainder when divided by a stride for nothing to be left over. */
  readonly exact: { readonly extent: Extent; readonly stride: number; readonly remainder: number }[]
  /** Pairs of extents that must be equal. */
  readonly equal: (readonly [Extent, Extent])[]
}

/** A net with the shapes that it has for images of one size. */
export interface Sized {
  readonly expansion: Expansion
  /** Height and width of the images. */
  readonly size: readonly [number, number]
  /** The head whose stages shall stay whole; left out: all there is. */
  readonly head?: string | undefined
}

/**
 * Follow one side (0 height, 1 width) of an image of any size through a net, front to back. The shapes for one size bear
 * every function out: a layer that makes another size than its function says makes a size that is not known.
 */
export function followSide(sized: Sized, side: 0 | 1): SideSizes {
  const { layers, nodes } = sized.expansion
  const found: Side[] = []
  const extents = new Map<string, Extent>()
  const demands: Demands = { trunk: behindHead(sized), smallest: 1, complete: true, exact: [], equal: [] }
  nodes.forEach((node, place) => {
    const shape = layers[place]!.output
    // A vector has no sides.
    if (shape?.length === 1) return
    const inputs = sized.expansion.inputs[place]!
    const given = inputs.map((from) => layers[from]?.output ?? [])
    const made = through(node, place, inputs.map((from) => found[from]), side, demands, given) // prettier-ignore
    if (made === undefined) return
    if (!shape || extentAt(made, sized.size[side]) === shape[side]) {
      found[place] = made
      extents.set(node.id, made)
    } else demands.complete = false
  })
  return { extents, rule: ruleOf(demands) }
}

/** By place whether a layer is the head or feeds it. */
function behindHead({ expansion: { nodes, inputs }, head }: Sized): Uint8Array | undefined {
  if (head === undefined) return undefined
  const found = new Uint8Array(nodes.length)
  for (let place = nodes.length - 1; place >= 0; place--) {
    if (nodes[place]!.id === head) found[place] = 1
    if (found[place] === 1) for (const from of inputs[place]!) if (from >= 0) found[from] = 1
  }
  return found
}

function through(
  node: FlatNode,
  place: number,
  inputs: readonly Side[],
  side: 0 | 1,
  demands: Demands,
  given: readonly Shape[],
): Side {
  const { layer, params } = node
  if (layer.inputs === 'none') return WHOLE
  const [first, ...others] = inputs.filter((extent) => extent !== undefined)
  const window = layer.window?.(params)
  if (first === undefined) return undefined
  if (!window) {
    const sides = sidesOf(node, given)
    if (sides.kind === 'else') demands.complete = false
    if (sides.kind === 'fixed') demands.smallest = Math.max(demands.smallest, smallestFor(first, sides.least[side]))
    if (sides.kind !== 'keeps') return undefined
    for (const other of others) if (!isSame(first, other)) demands.equal.push([first, other])
    return first
  }
  const { least, stride, remainder } = demandsOf(window, side)
  demands.smallest = Math.max(demands.smallest, smallestFor(first, least))
  if (stride > 1 && demands.trunk?.[place] !== 0) demands.exact.push({ extent: first, stride, remainder })
  const made = slide(first, window, side)
  if (!made) demands.complete = false
  return made
}

function isSame(a: Extent, b: Extent): boolean {
  return a.offset === b.offset && a.divisor === b.divisor
}

function ruleOf({ smallest, complete, exact, equal }: Demands): SideRule {
  const wholes = exact.map(({ extent, stride }) => extent.divisor * stride)
  const meets = (size: number) => equal.every(([a, b]) => extentAt(a, size) === extentAt(b, size))
  const isWhole = (size: number) =>
    exact.every(({ extent, stride, remainder }) => mod(extentAt(extent, size), stride) === remainder)
  const whole = rhythm(smallest, wholes, (size) => meets(size) && isWhole(size))
  const only =
    equal.length > 0
      ? rhythm(
          smallest,
          equal.flat().map(({ divisor }) => divisor),
          meets,
        )
      : undefined
  const first = only ? smallest + mod(only.remainder - smallest, only.every) : smallest
  return {
    smallest: first,
    ...(only && only.every > 1 && { only }),
    ...(whole && whole.every > 1 && { whole }),
    complete,
  }
}

/** The rhythm in which sizes fit whose answer repeats with the divisors; `undefined` if none or no single one. */
function rhythm(smallest: number, divisors: readonly number[], fits: (size: number) => boolean): Rhythm | undefined {
  const period = divisors.reduce(commonMultiple, 1)
  if (period > LONGEST) return undefined
  // The first sizes may meet by chance, before extents have grown apart.
  const start = smallest + 2 * period
  const found = Array.from({ length: period }, (_, i) => start + i).filter(fits)
  if (found.length === 0) return undefined
  const every = period / found.length
  const remainder = mod(found[0]!, every)
  return found.every((size) => mod(size, every) === remainder) ? { every, remainder } : undefined
}

function commonMultiple(a: number, b: number): number {
  let [x, y] = [a, b]
  while (y > 0) [x, y] = [y, x % y]
  return (a / x) * b
}
