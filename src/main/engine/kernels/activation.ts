import type { Emitter } from '../onnx/emitter.js'
import type { GraphEmitter } from '../tensorflow/emitter.js'

/** Activations that a kernel can apply to its result on the way, in tfjs's names; made by the pass `fuse-activation`. */
export type Activation = 'relu' | 'relu6'

/** What attributes of such a kernel say. */
export interface Activated {
  readonly activation?: Activation
}

/** The activation as ONNX operators; the value itself if there is none. */
export function onnxActivated(e: Emitter, name: string, activation: Activation | undefined): string {
  if (activation === undefined) return name
  return activation === 'relu' ? e.node('Relu', [name]) : e.node('Clip', [name, e.scalar(0), e.scalar(6)])
}

/** The same as a TensorFlow operation. */
export function tfActivated(e: GraphEmitter, name: string, activation: Activation | undefined): string {
  if (activation === undefined) return name
  return e.typed(activation === 'relu' ? 'Relu' : 'Relu6', 'float32', [name])
}

/** The same for a single value. */
export function activated(value: number, activation: Activation | undefined): number {
  if (activation === undefined) return value
  return activation === 'relu' ? Math.max(0, value) : Math.min(6, Math.max(0, value))
}
