import { defineBlock } from '../define.js'
import { convolver, poolBranch, widthFields } from './inception-resnet-parts.js'

/**
 * Reduction-B of Inception-ResNet-v2 (Szegedy et al. 2017, figure 18 at N = 256): N, 1.5 N; N, 1.125 N; N, 1.125 N, 1.25 N;
 * channels in. Drawings that show 3x1 windows in the last branch misprint 3x3: with a stride, 3x1 would not fit the others.
 */
export const inceptionResnetReductionB = defineBlock({
  type: 'inception_resnet_reduction_b',
  title: 'Inception-ResNet reduction B',
  doc: 'Halves the image between Inception-ResNet-B and C: three convolution branches and a max pool side by side.',
  source: 'Szegedy et al. 2017',
  typical: [17, 17, 1088],
  params: widthFields(256),
  summary: (p) => `N = ${p.n}, / 2`,
  expand: (p, g, input) => {
    const conv = convolver(g, p)
    const first = conv('first_2', conv('first_1', input, p.n, 1), 1.5 * p.n, 3, 'halves')
    const second = conv('second_2', conv('second_1', input, p.n, 1), 1.125 * p.n, 3, 'halves')
    const inner = conv('third_2', conv('third_1', input, p.n, 1), 1.125 * p.n, 3)
    const third = conv('third_3', inner, 1.25 * p.n, 3, 'halves')
    return g.add('concat', 'concat', {}, first, second, third, poolBranch(g, input))
  },
  examples: [
    { inputs: [[5, 6, 3]], params: { n: 2 } },
    { inputs: [[3, 4, 2]], params: { n: 1, bn_scale: false } },
    { inputs: [[3, 3, 2]], params: { n: 1, batch_norm: false } },
  ],
})
