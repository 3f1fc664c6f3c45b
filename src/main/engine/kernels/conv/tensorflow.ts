import type { Spec } from '../../step/step.js'
import type { GraphEmitter, TfValue } from '../../tensorflow/emitter.js'
import type { Window } from './window.js'

/** An NHWC image with zeros around it, for operations that take no pixels on each side. */
export function paddedAround(e: GraphEmitter, x: TfValue, { pad }: Window): string {
  const paddings = Int32Array.of(0, 0, pad.top, pad.bottom, pad.left, pad.right, 0, 0)
  return e.typed('Pad', x.dtype, [x.name, e.constant('int32', [4, 2], paddings)], { Tpaddings: { type: 'int32' } })
}

/** Shape of such an image. */
export function paddedShape([batch, height, width, channels]: readonly number[], { pad }: Window): number[] {
  return [batch!, height! + pad.top + pad.bottom, width! + pad.left + pad.right, channels!]
}

/** The part of such an image that is not padding. */
export function inside(e: GraphEmitter, name: string, { shape, dtype }: Spec, { pad }: Window): string {
  const range = [e.ints([0, pad.top, pad.left, 0]), e.ints(shape)]
  return e.typed('Slice', dtype, [name, ...range], { Index: { type: 'int32' } })
}
