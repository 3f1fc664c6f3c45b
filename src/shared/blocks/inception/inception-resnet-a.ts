import { defineBlock } from '../define.js'
import { addToInput, convolver, residualFields, widthFields } from './inception-resnet-parts.js'

/** Inception-ResNet-A (Szegedy et al. 2017, figure 16 at N = 32): N; N, N; N, 1.5 N, 2 N. */
export const inceptionResnetA = defineBlock({
  type: 'inception_resnet_a',
  title: 'Inception-ResNet-A',
  doc: 'Inception and residual in one: three branches of 1x1 and 3x3 convolutions, joined and added to their input.',
  source: 'Szegedy et al. 2017',
  typical: [35, 35, 320],
  params: { ...widthFields(32), ...residualFields() },
  summary: (p) => `N = ${p.n}`,
  expand: (p, g, input) => {
    const conv = convolver(g, p)
    const one = conv('conv_1x1', input, p.n, 1)
    const single = conv('single_2', conv('single_1', input, p.n, 1), p.n, 3)
    const inner = conv('double_2', conv('double_1', input, p.n, 1), 1.5 * p.n, 3)
    return addToInput(g, input, [one, single, conv('double_3', inner, 2 * p.n, 3)], p)
  },
  examples: [
    { inputs: [[5, 6, 3]], params: { n: 2 } },
    { inputs: [[4, 4, 2]], params: { n: 1, scaling: 0.17, bn_scale: false } },
    { inputs: [[4, 5, 2]], params: { n: 1, batch_norm: false, relu: false } },
  ],
})
