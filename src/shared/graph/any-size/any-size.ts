import type { Document } from '../../document/document.js'
import type { Issue } from '../../errors.js'
import type { Shape } from '../../layers/shapes.js'
import { expansionOf, inputOf, type Expansion } from '../expand.js'
import { headsOf } from '../heads.js'
import { extentText } from './extent.js'
import { followSides } from './sizes.js'
import { firstFrom, meetingFrom, type AnySize, type Rhythm, type SideRule, type SideSizes } from './rule.js'

/** Height, and width less a stage, at which a net is tried out: of unequal sides a layer that exchanges them shows. */
export const PROBE = 224

/** Heights to try in turn until all of a net fits: the auxiliary head of Inception-v3 takes more than 224 px. */
const PROBES = [PROBE, 2 * PROBE, 4 * PROBE, 8 * PROBE] as const

/** How often a net is followed at most: once for each pair of branches that meets at fewer sizes than those before it. */
const ROUNDS = 8

const known = new WeakMap<Expansion, AnySize>()

/** Follow images of any size through a document, also if its input has a size; `undefined` without an input. */
export function anySizeOf(document: Document): AnySize | undefined {
  const drawn = expansionOf(document)
  const channels = inputOf(drawn)?.output?.[2]
  if (channels == null) return undefined
  const existing = known.get(drawn)
  if (existing) return existing
  const [height, width] = followed(document, channels, headsOf(document, drawn)[0]?.id)
  const found = { height, width }
  known.set(drawn, found)
  return found
}

/**
 * Both sides through a net. Nothing is known behind branches that do not meet: then it is followed again at the next size at which they
 * do, until all of them meet.
 */
function followed(document: Document, channels: number, head: string | undefined): readonly [SideSizes, SideSizes] {
  let drawn = probeOf(document, channels)
  for (let round = 1; ; round++) {
    const sides = followSides(drawn, head)
    const image = inputOf(drawn)?.output ?? []
    const next = sides.map(({ rule }, side) => meetingFrom(rule, image[side] ?? PROBE))
    const isMet = drawn.misfits.every(({ misfit }) => misfit.code !== 'shape/mismatch')
    if (isMet || round === ROUNDS || next.every((size, side) => size === image[side])) return sides
    drawn = expansionOf(document, [...next, channels])
  }
}

/** The net at the first of the sizes that nothing in it is too small for, or else at the first. */
function probeOf(document: Document, channels: number) {
  const at = (height: number) => expansionOf(document, [height, height + 32, channels])
  for (const height of PROBES) {
    const tried = at(height)
    if (tried.misfits.every(({ misfit }) => misfit.code !== 'shape/too-small')) return tried
  }
  return at(PROBE)
}

/**
 * Height, width and channels of a layer's output where they are open, as functions of the image's: `H/4`, `W/4`, `64`;
 * `exact` shows the rounding. `undefined` where nothing is open or a function is not known.
 */
export function openShape(anySize: AnySize, path: string, shape: Shape, exact = false): readonly string[] | undefined {
  if (!shape.includes(null)) return undefined
  const sides = [anySize.height, anySize.width].map(({ extents }, side) => {
    const extent = extents.get(path)
    const fixed = shape[side]
    return typeof fixed === 'number' ? String(fixed) : extent && extentText(extent, side === 0 ? 'H' : 'W', exact)
  })
  const [height, width] = sides
  return height && width ? [height, width, String(shape[2])] : undefined
}

/** The same, if all that can ask for a size is known: `undefined` of a net with other errors than a size that is too small. */
export function knownSizesOf(document: Document, issues: readonly Issue[]): AnySize | undefined {
  const isKnown = issues.every(({ severity, code }) => severity !== 'error' || code === 'shape/too-small')
  return isKnown ? anySizeOf(document) : undefined
}

/**
 * Which images a net takes, in words: `Works from 75 px on; 32n+11 keeps every stage whole, as 299.` Height and width
 * apart where they differ.
 */
export function sizeWords({ height, width }: AnySize): string {
  const [rows, columns] = [sideWords(height.rule), sideWords(width.rule)]
  return rows === columns ? `Works ${rows}.` : `Heights work ${rows}; widths ${columns}.`
}

function sideWords({ smallest, only, whole, complete }: SideRule): string {
  const least = smallest === 1 ? 'from 1 px on' : `from ${smallest} px on`
  const which = only ? `${least} in steps of ${only.every} (${examples(only, smallest)})` : least
  const stages = whole && whole.every !== only?.every ? `; ${rhythmWords(whole, smallest)} keep every stage whole` : ''
  return `${complete ? '' : 'at best '}${which}${stages}`
}

function rhythmWords(rhythm: Rhythm, from: number): string {
  const { every, remainder } = rhythm
  return remainder === 0 ? `multiples of ${every}` : `${every}n+${remainder} (${examples(rhythm, from)})`
}

/** The first sizes of a rhythm from a size on. */
function examples(rhythm: Rhythm, from: number): string {
  const first = firstFrom(rhythm, from)
  return `${first}, ${first + rhythm.every}, …`
}
