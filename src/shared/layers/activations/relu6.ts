import { defineActivation } from './activation.js'

/** min(max(x, 0), 6) (Krizhevsky 2010). */
export const relu6 = defineActivation({
  type: 'relu6',
  title: 'ReLU6',
  doc: 'ReLU that also stops at 6, as in MobileNet.',
  formula: 'y = min(max(x, 0), 6)',
  source: 'Krizhevsky 2010',
  apply: (tf, x) => tf.relu6(x),
  keras: ['ReLU', { max_value: 6 }],
  pytorch: ['nn.ReLU6'],
})
