/**
 * The one place that loads tfjs-core: it keeps a single engine for the process, and its gradient rules register
 * themselves on import. Everything else takes the handle from here.
 */
import * as tf from '@tensorflow/tfjs-core'
import '@tensorflow/tfjs-core/dist/register_all_gradients.js'

export { tf }
