/**
 * Shape of one image or vector on a wire, without the batch: `[height, width, channels]` or `[units]`.
 * `null` = any size (height and width only).
 */
export type Shape = readonly (number | null)[]

/** Why inputs do not fit, as words with numbers; a layer's `infer` returns it instead of a shape. */
export interface Misfit {
  readonly code: string
  readonly message: string
  readonly hint: string
  /** Which input (0-based) is at fault, where one is. */
  readonly input?: number
}

/** True if a layer's `infer` found that the inputs do not fit. */
export function isMisfit(result: Shape | Misfit): result is Misfit {
  return !Array.isArray(result)
}

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

/** Whether two shapes are equal, or both unknown. */
export function isSameShape(a: Shape | undefined, b: Shape | undefined): boolean {
  if (a === b) return true
  if (a?.length !== b?.length) return false
  for (let side = 0; side < a!.length; side++) if (a![side] !== b![side]) return false
  return true
}

/** Whether two images are equally high and wide. */
export function isSameSize(a: Shape, b: Shape): boolean {
  return a[0] === b[0] && a[1] === b[1]
}
