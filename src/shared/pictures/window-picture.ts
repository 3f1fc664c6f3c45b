import { countAlong, paddingAlong, reachOf, windowText, type Window } from '../layers/geometry.js'
import { shapeText, type Shape } from '../layers/shapes.js'
import { framed, type Mark, type Picture } from './picture.js'

/** Side of a pixel, px. */
const CELL = 18
/** Space between image and result, px. */
const GAP = 72

/**
 * A window on an image of a few pixels: the padding around it, the pixels that make the first value of the result, and those
 * that make its neighbour.
 */
export function windowPicture(title: string, window: Window, image: Shape): Picture {
  const [height, width] = [image[0] as number, image[1] as number]
  const [rows, columns] = [countAlong(image, window, 0) as number, countAlong(image, window, 1) as number]
  const [above, left] = [paddingAlong(window, 0, height), paddingAlong(window, 1, width)]
  const all = { height: height + above[0] + above[1], width: width + left[0] + left[1] }
  const marks: Mark[] = []
  for (let y = 0; y < all.height; y++) {
    for (let x = 0; x < all.width; x++) {
      const inside = y >= above[0] && y < above[0] + height && x >= left[0] && x < left[0] + width
      marks.push(cell(x, y, inside ? 'cell' : 'padding'))
    }
  }
  for (const [y, x] of taken(window)) marks.push(cell(x, y, 'window'))
  const next = columns > 1
  if (next) marks.push(outline(window.stride[1] * CELL, 0, window, 'next-window'))
  marks.push(outline(0, 0, window, 'wire'))
  const [from, top] = [all.width * CELL + GAP, (all.height - rows) * (CELL / 2)]
  for (let y = 0; y < rows; y++) {
    for (let x = 0; x < columns; x++) {
      const look = x === 0 && y === 0 ? 'window' : x === 1 && y === 0 ? 'next-window' : 'cell'
      marks.push({ kind: 'box', look, x: from + x * CELL, y: top + y * CELL, width: CELL, height: CELL })
    }
  }
  const middle = (all.height * CELL) / 2
  marks.push({ kind: 'path', look: 'wire', path: arrow(all.width * CELL + 16, from - 16, middle) })
  const foot = all.height * CELL + 20
  const say = (x: number, text: string): Mark => ({ kind: 'words', look: 'words', x, y: foot, text })
  marks.push(say(0, `in ${shapeText([height, width])}`), say(from, `out ${shapeText([rows, columns])}`))
  marks.push({ kind: 'words', look: 'title', x: 0, y: -10, text: windowText(window) })
  return framed(`${title}: ${windowText(window)}, from ${shapeText([height, width])} to ${shapeText([rows, columns])}`, marks, [0, -24], [from + 96, foot + 4]) // prettier-ignore
}

function cell(x: number, y: number, look: 'cell' | 'padding' | 'window'): Mark {
  return { kind: 'box', look, x: x * CELL, y: y * CELL, width: CELL, height: CELL }
}

/** Pixels that the first window takes, those between them left out where it is dilated. */
function taken({ kernel, dilation = [1, 1] }: Window): readonly (readonly [row: number, column: number])[] {
  const along = (side: 0 | 1) => Array.from({ length: kernel[side] }, (_, i) => i * dilation[side])
  return along(0).flatMap((row) => along(1).map((column) => [row, column] as const))
}

function outline(x: number, y: number, window: Window, look: 'wire' | 'next-window'): Mark {
  const [height, width] = [reachOf(window, 0) * CELL, reachOf(window, 1) * CELL]
  return { kind: 'path', look, path: `M${x} ${y}h${width}v${height}h${-width}z` }
}

function arrow(from: number, to: number, y: number): string {
  return `M${from} ${y}H${to}M${to - 8} ${y - 5}L${to} ${y}L${to - 8} ${y + 5}`
}
