import { isMisfit } from '../../layers/define.js'
import type { Shape } from '../../layers/shapes.js'
import type { FlatNode } from '../graph.js'

/** Heights and widths that a layer is tried out with: as unlike as sizes can be. */
const TRIES = [
  [61, 53],
  [64, 97],
] as const

/** What a layer does to height and width of its images. */
export type Sides =
  | { readonly kind: 'keeps' }
  /** One size whatever comes in, if that is at least so high and wide. */
  | { readonly kind: 'fixed'; readonly least: readonly [number, number] }
  | { readonly kind: 'else' }

/** What a layer without a window does to height and width, found by trying it. */
export function sidesOf(node: FlatNode, inputs: readonly Shape[]): Sides {
  const made = TRIES.map((size) => outputAt(node, inputs, size))
  const [one, other] = made
  if (one?.length !== 3 || other?.length !== 3) return { kind: 'else' }
  if (made.every((shape, at) => shape![0] === TRIES[at]![0] && shape![1] === TRIES[at]![1])) return { kind: 'keeps' }
  if (one[0] !== other[0] || one[1] !== other[1]) return { kind: 'else' }
  const [height, width] = TRIES[0]
  const least = [
    leastOf(height, (size) => outputAt(node, inputs, [size, width]) !== undefined),
    leastOf(width, (size) => outputAt(node, inputs, [height, size]) !== undefined),
  ] as const
  return { kind: 'fixed', least }
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
  let size = most
  while (size > 1 && fits(size - 1)) size--
  return size
}
