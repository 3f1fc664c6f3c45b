import type { GradConfig, Tensor } from '@tensorflow/tfjs-core'
import { count } from '../../step/step.js'
import { tf } from '../../tf.js'
import { axesOf, type ReduceAttributes, reducedShape } from './reduction.js'

/** Gradient rule of a sum or mean: every value gets the slope of the sum that it is in, or its share in that of the mean. */
export function slopesOf(operation: 'sum' | 'mean'): Omit<GradConfig, 'kernelName'> {
  return {
    inputsToSave: ['x'],
    gradFunc: (dy, saved, attributes) => {
      const { shape } = saved[0] as Tensor
      const axes = axesOf((attributes as unknown as ReduceAttributes).axis, shape)
      const values = count(axes.map((axis) => shape[axis] as number))
      return {
        x: () => {
          const slope = operation === 'sum' ? (dy as Tensor) : tf.div(dy as Tensor, values)
          const x = tf.reshape(slope, reducedShape(shape, axes, true))
          return tf.engine().runKernel<Tensor>('Spread', { x }, { shape })
        },
      }
    },
  }
}
