import type { Family } from '../layers/define.js'

/** What a mark means; the window and the written pages each give it a colour of their own. */
export type Look =
  | `family-${Family}`
  | 'wire'
  | 'paper'
  | 'cell'
  | 'padding'
  | 'window'
  | 'next-window'
  | 'curve'
  | 'axis'
  | 'title'
  | 'words'

/** One mark of a picture, in px of the picture. */
export type Mark =
  | {
      readonly kind: 'box'
      readonly look: Look
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
    }
  | { readonly kind: 'path'; readonly look: Look; readonly path: string }
  | {
      readonly kind: 'words'
      readonly look: 'title' | 'words'
      readonly x: number
      readonly y: number
      readonly text: string
      /** Which end of the text stands at x; left out: its beginning. */
      readonly anchor?: 'middle' | 'end'
    }

/** A drawing that is only data: nothing in it depends on where it is shown. */
export interface Picture {
  /** What one sees, for people who do not. */
  readonly title: string
  /** The part of the plane that it fills, px. */
  readonly frame: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
  readonly marks: readonly Mark[]
}

/** Space around the marks, px. */
const MARGIN = 16

/** A picture around marks whose outermost are boxes, given with the points that it must show too. */
export function framed(
  title: string,
  marks: readonly Mark[],
  ...more: readonly (readonly [number, number])[]
): Picture {
  const boxes = marks.flatMap((mark) => (mark.kind === 'box' ? [mark] : []))
  const xs = [...boxes.flatMap(({ x, width }) => [x, x + width]), ...more.map(([x]) => x)]
  const ys = [...boxes.flatMap(({ y, height }) => [y, y + height]), ...more.map(([, y]) => y)]
  const [left, top] = [least(xs) - MARGIN, least(ys) - MARGIN]
  const frame = { x: left, y: top, width: most(xs) - left + MARGIN, height: most(ys) - top + MARGIN }
  return { title, frame, marks }
}

function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), values.length > 0 ? Infinity : 0)
}

function most(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), values.length > 0 ? -Infinity : 0)
}

/** Px with two digits behind the point: pictures written are short, and the same on every computer. */
export function rounded(value: number): number {
  return Number(value.toFixed(2))
}
