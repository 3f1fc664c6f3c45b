import { convWindow, type Window, type WindowAttributes } from '../window.js'

/** Attributes of a grouped convolution: its window, and into how many groups channels and filters are split. */
export type GroupedAttributes = WindowAttributes & { readonly groups: number }

/** A grouped convolution with everything known: image NHWC, filter [height, width, channels of a group, filters]. */
export interface Grouped {
  readonly x: readonly number[]
  readonly filter: readonly number[]
  readonly groups: number
  readonly window: Window
}

/** The grouped convolution of an image and a filter of these shapes. */
export function groupedOf(x: readonly number[], filter: readonly number[], attributes: GroupedAttributes): Grouped {
  return { x, filter, groups: attributes.groups, window: convWindow(x, filter, attributes) }
}

/**
 * Visit every product `x[at] * filter[tap]` that a grouped convolution adds up in `y[to]`, by offsets into the flat values:
 * plain loops for the reference kernels, which differ only in what they do with the three.
 */
export function eachProduct(grouped: Grouped, visit: (at: number, tap: number, to: number) => void) {
  const [batch, height, width, channels] = grouped.x as [number, number, number, number]
  const [, , inGroup, filters] = grouped.filter as [number, number, number, number]
  const { kernel, stride, dilation, pad, out } = grouped.window
  const outGroup = filters / grouped.groups
  const taps = kernel[0] * kernel[1]
  for (let place = 0; place < batch * out[0] * out[1]; place++) {
    const image = Math.floor(place / (out[0] * out[1]))
    const row = (Math.floor(place / out[1]) % out[0]) * stride[0] - pad.top
    const column = (place % out[1]) * stride[1] - pad.left
    for (let tap = 0; tap < taps; tap++) {
      const y = row + Math.floor(tap / kernel[1]) * dilation[0]
      const x = column + (tap % kernel[1]) * dilation[1]
      if (y < 0 || x < 0 || y >= height || x >= width) continue
      const pixel = ((image * height + y) * width + x) * channels
      for (let filter = 0; filter < filters; filter++) {
        const first = pixel + Math.floor(filter / outGroup) * inGroup
        for (let i = 0; i < inGroup; i++)
          visit(first + i, (tap * inGroup + i) * filters + filter, place * filters + filter)
      }
    }
  }
}
