import { defineBlock } from '../define.js'
import { addToInput, convolver, formFields } from './inception-resnet-parts.js'

/** Inception-ResNet-C (Szegedy et al. 2017, figure 19 at N = 192): N; N, 7/6 N, 4/3 N. */
export const inceptionResnetC = defineBlock({
  type: 'inception_resnet_c',
  title: 'Inception-ResNet-C',
  doc: 'A 1x1 branch and a 3x3 branch made of 1x3 and 3x1, joined and added to their input; for the smallest maps.',
  source: 'Szegedy et al. 2017',
  typical: [8, 8, 2080],
  params: formFields(192, 'Widths of the 3x3 branch: 7/6 N and 4/3 N as in Keras and the paper, or 1.16 N and 1.33 N.'),
  summary: (p) => `N = ${p.n}`,
  expand: (p, g, input) => {
    const conv = convolver(g, p)
    const [middle, end] = p.form === 'keras' ? [7 / 6, 4 / 3] : [1.16, 1.33]
    const one = conv('conv_1x1', input, p.n, 1)
    const wide = conv('wide_2', conv('wide_1', input, p.n, 1), middle * p.n, [1, 3])
    return addToInput(g, input, [one, conv('wide_3', wide, end * p.n, [3, 1])], p)
  },
  examples: [
    { inputs: [[5, 4, 3]], params: { n: 2 } },
    { inputs: [[4, 4, 2]], params: { n: 3, form: 'article', scaling: 0.2, bn_scale: false } },
    { inputs: [[4, 5, 2]], params: { n: 3, batch_norm: false, relu: false } },
  ],
})
