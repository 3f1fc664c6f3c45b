import { defineBlock } from '../define.js'
import { convolver, poolBranch, widthFields } from './inception-resnet-parts.js'

/** Reduction-A of Inception-ResNet-v2 (Szegedy et al. 2017, figure 7 at N = 256): 1.5 N; N, N, 1.5 N; channels in. */
export const inceptionResnetReductionA = defineBlock({
  type: 'inception_resnet_reduction_a',
  title: 'Inception-ResNet reduction A',
  doc: 'Halves the image between Inception-ResNet-A and B: two convolution branches and a max pool side by side.',
  source: 'Szegedy et al. 2017',
  typical: [35, 35, 320],
  params: widthFields(256),
  summary: (p) => `N = ${p.n}, / 2`,
  expand: (p, g, input) => {
    const conv = convolver(g, p)
    const single = conv('conv_3x3', input, 1.5 * p.n, 3, 'halves')
    const inner = conv('double_2', conv('double_1', input, p.n, 1), p.n, 3)
    return g.add('concat', 'concat', {}, single, conv('double_3', inner, 1.5 * p.n, 3, 'halves'), poolBranch(g, input))
  },
  examples: [
    { inputs: [[5, 6, 3]], params: { n: 2 } },
    { inputs: [[3, 4, 2]], params: { n: 1, bn_scale: false } },
    { inputs: [[3, 3, 2]], params: { n: 1, batch_norm: false } },
  ],
})
