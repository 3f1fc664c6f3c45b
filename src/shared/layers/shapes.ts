/**
 * Shape of one image or vector on a wire, without the batch: `[height, width, channels]` or `[units]`.
 * `null` = any size (height and width only).
 */
export type Shape = readonly (number | null)[]

/** True for `[height, width, channels]`. */
export function isImage(shape: Shape): boolean {
  return shape.length === 3
}

/** Channels of an image or units of a vector: the last entry. */
export function channelsOf(shape: Shape): number {
  return shape[shape.length - 1] as number
}

/** `224x224x3`, `anyxanyx3`, `1000`. */
export function shapeText(shape: Shape): string {
  return shape.map((size) => (size === null ? 'any' : String(size))).join('x')
}

/** Values in one tensor of this shape, per image; `undefined` while a size is open. */
export function sizeOf(shape: Shape): number | undefined {
  let size = 1
  for (const extent of shape) {
    if (extent === null) return undefined
    size *= extent
  }
  return size
}
