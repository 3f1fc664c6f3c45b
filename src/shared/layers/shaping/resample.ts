import type { Tensor, Tf } from '../define.js'
import { choice } from '../fields.js'

/** How pixels of a larger or smaller image are found: a field of layers that resize. */
export function interpolationField() {
  return choice('`nearest` repeats pixels, `bilinear` mixes the four around a place.', 'nearest', 'bilinear')
}

/**
 * Images [batch, height, width, channels] in another size, centres of pixels at half numbers. A kernel of our own
 * (`src/main/engine/kernels/resample`): the gradients of tfjs's are those of other centres.
 */
export function resampled(
  tf: Tf,
  x: Tensor,
  size: readonly [number, number],
  mode: 'nearest' | 'bilinear' | 'adaptive',
): Tensor {
  if (x.shape[1] === size[0] && x.shape[2] === size[1]) return x
  return tf.engine().runKernel<Tensor>('Resample', { x }, { size: [size[0], size[1]], mode })
}

/** The modes of `nn.Upsample` that are equal to ours. */
export function torchMode(interpolation: 'nearest' | 'bilinear') {
  return interpolation === 'nearest' ? { mode: 'nearest-exact' } : { mode: 'bilinear', align_corners: false }
}
