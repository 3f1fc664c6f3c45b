import { tf } from '../tf.js'
import { kernels } from './index.js'

/** Tell tfjs the gradient rules of our own kernels; once for the process, whatever the backend. */
export function registerGradients() {
  for (const { name, gradient } of kernels) {
    if (gradient) tf.registerGradient({ kernelName: name, ...gradient })
  }
}
