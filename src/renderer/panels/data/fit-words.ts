import type { Shape } from '../../../shared/layers/shapes.js'
import { shapeWords } from '../../ui/format.js'

/** How images of the data become the input of the net, in one sentence; `''` where they fit as they are. */
export function fitWords(from: readonly [number, number, number], to: Shape): string {
  const [height, width, channels] = to
  const sized = height !== null && width !== null && (height !== from[0] || width !== from[1])
  const size = sized ? [`fitted from ${shapeWords(from.slice(0, 2))} to ${shapeWords([height!, width!])}`] : []
  const turned = from[2] === channels ? [] : [channelWords(from[2], channels ?? 3)]
  const parts = [...size, ...turned]
  return parts.length === 0 ? '' : `Images are ${parts.join(', ')}.`
}

function channelWords(from: number, to: number): string {
  if (from === 1 && to === 3) return 'grey repeated to three channels'
  if (to === 1) return 'colour turned to grey'
  return `${from} channels turned to ${to}`
}
