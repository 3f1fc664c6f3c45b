import { mod, type Extent } from './extent.js'

/** What a net makes of images of any size. */
export interface AnySize {
  readonly height: SideSizes
  readonly width: SideSizes
}

/** Extents of all layers along one side, and what they ask of the image. */
export interface SideSizes {
  readonly extents: ReadonlyMap<string, Extent>
  readonly rule: SideRule
}

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

/** The first size of a rhythm from a size on; without a rhythm that size. Example: of 32n+11 from 224 on 235. */
export function firstFrom(rhythm: Rhythm | undefined, from: number): number {
  return rhythm ? from + mod(rhythm.remainder - from, rhythm.every) : from
}

/** The first size from a size on at which branches meet, as far as the rule knows. */
export function meetingFrom({ only, whole, complete }: SideRule, from: number): number {
  return firstFrom(only ?? (complete ? undefined : whole), from)
}
