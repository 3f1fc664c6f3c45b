import { isMisfit, isSameSize, type Shape } from '../../layers/shapes.js'
import type { FlatNode } from '../graph.js'

/** Heights and widths that a layer is tried out with: as unlike as sizes can be; the last one tells steps from slopes. */
const TRIES = [
  [61, 53],
  [64, 97],
  [83, 60],
] as const

/** What a layer does to height and width of its images. */
export type Sides =
  | { readonly kind: 'keeps' }
  /** One size whatever comes in, if that is at least so high and wide. */
  | { readonly kind: 'fixed'; readonly least: readonly [number, number] }
  /** So many times as large, and pixels more; `least` as above. */
  | { readonly kind: 'enlarges'; readonly by: readonly [Line, Line]; readonly least: readonly [number, number] }
  | { readonly kind: 'else' }

/** `times size + more`. */
interface Line {
  readonly times: number
  readonly more: number
}

/** What a layer without a window does to height and width, found by trying it. */
export function sidesOf(node: FlatNode, inputs: readonly Shape[]): Sides {
  const [one, other] = [outputAt(node, inputs, TRIES[0]), outputAt(node, inputs, TRIES[1])]
  if (one?.length !== 3 || other?.length !== 3) return { kind: 'else' }
  if (isSameSize(one, TRIES[0]) && isSameSize(other, TRIES[1])) return { kind: 'keeps' }
  if (isSameSize(one, other)) return { kind: 'fixed', least: leastSides(node, inputs) }
  const made = [one, other, outputAt(node, inputs, TRIES[2]) ?? []]
  const [rows, columns] = [lineOf(made, 0), lineOf(made, 1)]
  return rows && columns ? { kind: 'enlarges', by: [rows, columns], least: leastSides(node, inputs) } : { kind: 'else' }
}

/** The line through what was made of all sizes along one side; `undefined` where there is none of a whole slope. */
function lineOf(made: readonly Shape[], side: 0 | 1): Line | undefined {
  const at = (i: number) => made[i]?.[side] ?? NaN
  const times = (at(1) - at(0)) / (TRIES[1][side] - TRIES[0][side])
  const more = at(0) - times * TRIES[0][side]
  const isLine = Number.isInteger(times) && times > 0 && at(2) === times * TRIES[2][side] + more
  return isLine ? { times, more } : undefined
}

/** The smallest height and width that fit, each beside a large other. */
function leastSides(node: FlatNode, inputs: readonly Shape[]): readonly [number, number] {
  const [height, width] = TRIES[0]
  return [
    leastOf(height, (size) => outputAt(node, inputs, [size, width]) !== undefined),
    leastOf(width, (size) => outputAt(node, inputs, [height, size]) !== undefined),
  ]
}

function outputAt({ layer, params }: FlatNode, inputs: readonly Shape[], [height, width]: readonly [number, number]) {
  const output = layer.infer(
    params,
    inputs.map((x) => (x.length === 3 ? [height, width, x[2]!] : x)),
  )
  return isMisfit(output) ? undefined : output
}

/** The smallest size that fits, of those up to one that does. */
function leastOf(most: number, fits: (size: number) => boolean): number {
  if (fits(1)) return 1
  let size = most
  while (size > 1 && fits(size - 1)) size--
  return size
}
