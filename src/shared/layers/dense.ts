import type { Tensor2D } from '@tensorflow/tfjs-core'
import { defineLayer, type WeightSpec } from './define.js'
import { flag, int } from './fields.js'
import { first, needVector } from './geometry.js'
import { channelsOf } from './shapes.js'

/** Fully connected layer on a vector; weights `kernel` [in, units] and `bias` [units]. */
export const dense = defineLayer({
  type: 'dense',
  title: 'Dense',
  family: 'dense',
  doc: 'Every unit is a learned weighted sum of all inputs. Before a head it needs one unit per class.',
  formula: 'y[u] = Σ over k of x[k] · kernel[k, u] + bias[u]',
  source: 'Rumelhart et al. 1986',
  inputs: 'one',
  params: {
    units: int('Number of outputs; classes of the data in front of a head.', 10),
    bias: flag('Add one learned offset per unit.', true),
  },
  summary: (p) => `${p.units} units`,
  infer: (p, inputs) => needVector('Dense', first(inputs)) ?? [p.units],
  weights: (p, inputs) => {
    const fanIn = channelsOf(first(inputs))
    const init = { kind: 'glorot-uniform', fanIn, fanOut: p.units } as const
    const kernel: WeightSpec = { shape: [fanIn, p.units], init, role: 'trainable' }
    const bias: WeightSpec = { shape: [p.units], init: { kind: 'constant', value: 0 }, role: 'trainable' }
    return { kernel, ...(p.bias && { bias }) }
  },
  multiplyAdds: (p, inputs) => channelsOf(first(inputs)) * p.units,
  apply: ({ tf }, _p, inputs, { kernel, bias }) => {
    const y = tf.matMul(first(inputs) as Tensor2D, kernel as Tensor2D)
    return bias ? tf.add(y, bias) : y
  },
  keras: (p) => ['Dense', { units: p.units, use_bias: p.bias }],
  pytorch: (p, inputs) => ['nn.Linear', channelsOf(first(inputs)), p.units, { bias: p.bias }],
  examples: [
    { inputs: [[7]], params: { units: 5 } },
    { inputs: [[4]], params: { units: 3, bias: false } },
  ],
})
