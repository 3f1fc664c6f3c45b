import { commonDivisor, type Window } from '../../layers/geometry.js'
import type { Shape } from '../../layers/shapes.js'
import type { Expansion } from '../expand.js'
import { placesBehind, type Frame } from '../frame.js'
import type { FlatNode } from '../graph.js'
import { createPass } from '../pass.js'
import { sidesOf, type Sides } from './keeps.js'
import { demandsOf, enlarge, extentAt, isSameExtent, mod, slide, smallestFor, WHOLE, type Extent } from './extent.js'
import { firstFrom, type Rhythm, type SideRule, type SideSizes } from './rule.js'

/** Height or width on a wire as a function of the image's; `undefined` where that is not known. */
export type Side = Extent | undefined

/** Strides whose product is larger are not looked at for rhythms. */
const LONGEST = 4_096

/** What one layer makes of one side, and what it asks of the image for that. */
interface Along {
  readonly extent: Side
  /** The side of the image that was tried; 0 where nothing of it is left. */
  readonly size: number
  /** Smaller images do not fit it. */
  readonly smallest: number
  readonly complete: boolean
  readonly exact: Exact | undefined
  /** Pairs of extents that must be equal. */
  readonly equal: readonly (readonly [Extent, Extent])[] | undefined
}

/** An extent that must leave a remainder when divided by a stride for nothing to be left over. */
interface Exact {
  readonly extent: Extent
  readonly stride: number
  readonly remainder: number
}

type Followed = readonly [rows: Along, columns: Along]

const follow = createPass<Followed>((node, inputs, { inputs: given, output }) => {
  // A vector has no sides.
  if (output?.length === 1) return [NOTHING, NOTHING]
  const images = inputs.filter((one) => one !== undefined)
  const window = node.layer.window?.(node.params)
  const isTried = !window && images.length > 0 && given.length === inputs.length
  const sides = isTried ? sidesOf(node, given) : UNLIKE
  const on = (side: 0 | 1) => along(node, images, output, side, window ?? sides)
  return [on(0), on(1)]
}, isAlike)

const UNLIKE: Sides = { kind: 'else' }

function isAlike(a: Followed, b: Followed): boolean {
  return isAlikeAlong(a[0], b[0]) && isAlikeAlong(a[1], b[1])
}

function isAlikeAlong(a: Along, b: Along): boolean {
  if (!a.extent || !b.extent) return a.size === b.size && a.extent === b.extent
  return a.size === b.size && isSameExtent(a.extent, b.extent)
}

const NOTHING: Along = { extent: undefined, size: 0, smallest: 1, complete: true, exact: undefined, equal: undefined }

function along(
  { layer }: FlatNode,
  images: readonly Followed[],
  shape: Shape | undefined,
  side: 0 | 1,
  does: Window | Sides,
): Along {
  if (layer.inputs === 'none') return { ...NOTHING, extent: WHOLE, size: shape?.[side] ?? 0 }
  const known = images.filter((image) => image[side].extent).map((image) => image[side])
  const [first] = known
  if (!first?.extent) return NOTHING
  const made = 'kind' in does ? kept(known, does, side) : slid(first.extent, first.size, does, side)
  // The shapes for one size bear every function out: what makes another size than its function says is not known.
  const isBorneOut = !made.extent || !shape || extentAt(made.extent, made.size) === shape[side]
  return isBorneOut ? made : { ...made, extent: undefined, complete: false }
}

/** What a window makes of a side. */
function slid(first: Extent, size: number, window: Window, side: 0 | 1): Along {
  const { least, stride, remainder } = demandsOf(window, side)
  const extent = slide(first, window, side)
  const exact = stride > 1 ? { extent: first, stride, remainder } : undefined
  return { extent, size, smallest: smallestFor(first, least), complete: extent !== undefined, exact, equal: undefined }
}

/** What a layer without a window makes of the sides that meet in it. */
function kept(images: readonly Along[], sides: Sides, side: 0 | 1): Along {
  const met = images.map(({ extent }) => extent!)
  const { size } = images[0]!
  const extent = met.reduce(simpler)
  if (sides.kind === 'else') return { ...NOTHING, size, complete: false }
  const smallest = sides.kind === 'keeps' ? 1 : smallestFor(extent, sides.least[side])
  if (sides.kind === 'fixed') return { ...NOTHING, size, smallest }
  const unlike = met.filter((one) => !isSameExtent(extent, one))
  const equal = unlike.length > 0 ? unlike.map((one) => [extent, one] as const) : undefined
  if (sides.kind === 'keeps') return { ...NOTHING, size, extent, equal }
  const { times, more } = sides.by[side]
  const larger = enlarge(extent, times, more)
  return { ...NOTHING, size, extent: larger, smallest, complete: larger !== undefined, equal }
}

/** Of two extents that are equal where an image works the one that is shorter to write: `H`, not `2⌊H/2⌋`. */
function simpler(a: Extent, b: Extent): Extent {
  return b.times < a.times || (b.times === a.times && b.divisor < a.divisor) ? b : a
}

/** All that the layers of a net ask of one side of the image; of equal demands one. */
interface Demands {
  smallest: number
  complete: boolean
  readonly exact: Map<string, Exact>
  readonly equal: Map<string, readonly [Extent, Extent]>
}

/**
 * Follow height and width of an image of any size through a net, front to back, with the shapes that it has for images of one
 * size; `head` is the head whose stages shall stay whole, or else all there is.
 */
export function followSides(expansion: Expansion, head: string | undefined): readonly [SideSizes, SideSizes] {
  const [followed, trunk] = [follow(expansion), behindHead(expansion, head)]
  const along = (side: 0 | 1) => {
    const demands: Demands = { smallest: 1, complete: true, exact: new Map(), equal: new Map() }
    for (let place = 0; place < followed.length; place++) {
      const made = followed[place]?.[side]
      if (!made) continue
      demand(demands, made, trunk?.[place] !== 0)
    }
    let extents: ReadonlyMap<string, Extent> | undefined
    return {
      rule: ruleOf(demands),
      // Only what is shown asks for them.
      get extents() {
        return (extents ??= extentsOf(expansion, followed, side))
      },
    }
  }
  return [along(0), along(1)]
}

/** The functions that are known, by the paths of the layers. */
function extentsOf({ nodes }: Expansion, followed: readonly (Followed | undefined)[], side: 0 | 1) {
  const known = nodes.flatMap(({ id }, place) => {
    const extent = followed[place]?.[side].extent
    return extent ? [[id, extent] as const] : []
  })
  return new Map(known)
}

function demand(demands: Demands, { smallest, complete, exact, equal }: Along, isInTrunk: boolean): void {
  if (smallest > demands.smallest) demands.smallest = smallest
  if (!complete) demands.complete = false
  if (exact && isInTrunk) demands.exact.set(`${nameOf(exact.extent)} ${exact.stride} ${exact.remainder}`, exact)
  if (equal) for (const pair of equal) demands.equal.set(pair.map(nameOf).join(' '), pair)
}

function nameOf({ times, offset, divisor, more }: Extent): string {
  return `${times}(${offset}/${divisor})${more}`
}

const trunks = new WeakMap<Frame, { readonly head: string; readonly found: Uint8Array }>()

/** By place whether a layer is the head or feeds it; `undefined` if there is no head. */
function behindHead({ nodes, frame }: Expansion, head: string | undefined): Uint8Array | undefined {
  if (head === undefined) return undefined
  const last = trunks.get(frame)
  if (last?.head === head) return last.found
  const found = placesBehind(frame.inputs, (place) => nodes[place]!.id === head)
  trunks.set(frame, { head, found })
  return found
}

function ruleOf({ smallest, complete, ...demands }: Demands): SideRule {
  const [exact, equal] = [[...demands.exact.values()], [...demands.equal.values()]]
  const wholes = exact.map(
    ({ extent: { times, divisor }, stride }) => divisor * (stride / commonDivisor(times, stride)),
  )
  // Extents that grow unlike meet at a few sizes at most, which make no rhythm.
  const isLike = equal.every(([a, b]) => a.times * b.divisor === b.times * a.divisor)
  const meets = (size: number) => isLike && equal.every(([a, b]) => extentAt(a, size) === extentAt(b, size))
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
  return {
    smallest: firstFrom(only, smallest),
    ...(only && only.every > 1 && { only }),
    ...(whole && whole.every > 1 && { whole }),
    complete: complete && (equal.length === 0 || only !== undefined),
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
