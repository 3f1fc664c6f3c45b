import { count } from '../../step/step.js'
import type { GraphEmitter, TfValue } from '../../tensorflow/emitter.js'
import type { TfAttributes } from '../../tensorflow/graph-def.js'

/** TensorFlow's fused batch norm takes images only: [batch, units] goes in as [batch, 1, 1, units]. */
export function tfImage(e: GraphEmitter, value: TfValue): string {
  const { shape, name } = value
  const channels = shape.at(-1) as number
  return shape.length === 4 ? name : e.reshape(value, [count(shape) / channels, 1, 1, channels])
}

/** What `tfImage` went in as comes out in the shape of `like`. */
export function tfBack(e: GraphEmitter, name: string, { shape, dtype }: TfValue): string {
  return shape.length === 4 ? name : e.reshape({ name, dtype }, shape)
}

/** Attributes of TensorFlow's `FusedBatchNormV3` and its gradient. */
export function tfNorm(epsilon: number, training: boolean): TfAttributes {
  return {
    U: { type: 'float32' },
    epsilon: { float: epsilon },
    data_format: { string: 'NHWC' },
    is_training: { bool: training },
  }
}
