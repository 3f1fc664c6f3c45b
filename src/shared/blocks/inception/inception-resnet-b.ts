import { defineBlock } from '../define.js'
import { addToInput, convolver, formFields } from './inception-resnet-parts.js'

/** Inception-ResNet-B (Szegedy et al. 2017, figure 17 at N = 128): N or 1.5 N; N, 1.25 N, 1.5 N. */
export const inceptionResnetB = defineBlock({
  type: 'inception_resnet_b',
  title: 'Inception-ResNet-B',
  doc: 'A 1x1 branch and a 7x7 branch made of 1x7 and 7x1, joined and added to their input.',
  source: 'Szegedy et al. 2017',
  typical: [17, 17, 1088],
  params: formFields(128, 'Filters of the 1x1 branch: 1.5 N in Keras and the paper, N in the one-parameter form.'),
  summary: (p) => `N = ${p.n}`,
  expand: (p, g, input) => {
    const conv = convolver(g, p)
    const one = conv('conv_1x1', input, p.form === 'keras' ? 1.5 * p.n : p.n, 1)
    const wide = conv('wide_2', conv('wide_1', input, p.n, 1), 1.25 * p.n, [1, 7])
    return addToInput(g, input, [one, conv('wide_3', wide, 1.5 * p.n, [7, 1])], p)
  },
  examples: [
    { inputs: [[5, 8, 3]], params: { n: 2 } },
    { inputs: [[4, 4, 2]], params: { n: 1, form: 'article', scaling: 0.1, bn_scale: false } },
    { inputs: [[4, 5, 2]], params: { n: 1, batch_norm: false, relu: false } },
  ],
})
