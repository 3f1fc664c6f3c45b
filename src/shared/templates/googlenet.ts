import { choice, flag } from '../layers/fields.js'
import { defineTemplate, headsField, imageFields } from './define.js'
import { Drawing } from './drawing.js'
import { auxiliary, classifier, convolution, halve } from './parts.js'

/** Filters of each module (Szegedy et al. 2015, table 1): 1x1, 3x3 reduce, 3x3, 5x5 reduce, 5x5, pool projection. */
const MODULES = {
  '3a': [64, 96, 128, 16, 32, 32],
  '3b': [128, 128, 192, 32, 96, 64],
  '4a': [192, 96, 208, 16, 48, 64],
  '4b': [160, 112, 224, 24, 64, 64],
  '4c': [128, 128, 256, 24, 64, 64],
  '4d': [112, 144, 288, 32, 64, 64],
  '4e': [256, 160, 320, 32, 128, 128],
  '5a': [256, 160, 320, 32, 128, 128],
  '5b': [384, 192, 384, 48, 128, 128],
} as const

/** GoogLeNet as in the paper: biases, local response normalisation, two auxiliary heads with loss weight 0.3. */
export const googlenet = defineTemplate({
  name: 'googlenet',
  title: 'GoogLeNet',
  family: 'GoogLeNet and Inception',
  source: 'Szegedy et al. 2015',
  doc: 'Nine Inception modules with two auxiliary heads on the way: 22 layers deep, yet twelve times fewer weights than AlexNet.',
  params: {
    ...imageFields(224, 1000),
    heads: headsField(),
    bn: flag('Batch norm behind every convolution of the trunk, instead of local response normalisation.', false),
  },
  build: (v) => drawn('GoogLeNet', v, { bn: v.bn, window: '5x5', rate: 0.4 }),
  published: [
    {
      at: {},
      parameters: 13_378_280,
      trainable: 13_378_280,
      multiplyAdds: 1_591_044_096,
      source: 'Caffe bvlc_googlenet with auxiliary classifiers',
    },
    {
      at: { heads: 'main' },
      parameters: 6_998_552,
      trainable: 6_998_552,
      multiplyAdds: 1_582_671_872,
      source: 'Caffe bvlc_googlenet without auxiliary classifiers',
    },
  ],
})

/**
 * GoogLeNet as torchvision has it: batch norm behind every convolution, and 3x3 instead of 5x5 windows. Its auxiliary heads
 * pool to 4x4 there, which at 224 px are the paper's 5x5 windows with stride 3.
 */
export const googlenetBn = defineTemplate({
  name: 'googlenet-bn',
  title: 'GoogLeNet with batch norm',
  family: 'GoogLeNet and Inception',
  source: 'Szegedy et al. 2015',
  doc: 'GoogLeNet as PyTorch users know it: batch norm instead of local response normalisation, and no 5x5 windows.',
  params: {
    ...imageFields(224, 1000),
    heads: headsField(),
    pooling: choice(
      'Pool of the auxiliary heads: fixed windows, or 4x4 of them for images of any size, as in torchvision.',
      'window',
      'adaptive',
    ),
  },
  build: (v) =>
    drawn('GoogLeNet with batch norm', v, {
      bn: true,
      window: '3x3',
      rate: 0.2,
      aux: { batch_norm: true, pooling: v.pooling },
    }),
  published: [
    {
      at: {},
      parameters: 13_019_960,
      trainable: 13_004_888,
      multiplyAdds: 1_506_748_416,
      source: 'torchvision 0.29 googlenet with auxiliary heads, counted by PyTorch 2.15 while training',
    },
    {
      at: { heads: 'main' },
      parameters: 6_639_464,
      trainable: 6_624_904,
      multiplyAdds: 1_498_376_192,
      source: 'torchvision 0.29 googlenet without auxiliary heads, counted by PyTorch 2.15',
    },
    {
      at: { pooling: 'adaptive' },
      parameters: 13_019_960,
      trainable: 13_004_888,
      multiplyAdds: 1_506_748_416,
      source: 'torchvision 0.29 googlenet with auxiliary heads, counted by PyTorch 2.15 while training',
    },
  ],
})

interface Values {
  readonly height: number | null
  readonly width: number | null
  readonly classes: number
  readonly heads: 'all' | 'main'
}

/** Where the paper's form and torchvision's differ. */
interface Form {
  readonly bn: boolean
  readonly window: '5x5' | '3x3'
  /** Dropout in front of the main head. */
  readonly rate: number
  /** Settings of the auxiliary classifiers. */
  readonly aux?: { readonly batch_norm: boolean; readonly pooling: 'window' | 'adaptive' }
}

function drawn(title: string, v: Values, { bn, window, rate, aux = { batch_norm: false, pooling: 'window' } }: Form) {
  const drawing = new Drawing(title)
  const modules = (...names: readonly (keyof typeof MODULES)[]) => {
    for (const name of names)
      drawing.then(`inception_${name}`, 'inception', { ...moduleParams(name, bn), large_window: window })
  }
  const normalise = (id: string) => {
    if (!bn) drawing.then(id, 'lrn', { depth_radius: 2, bias: 1, alpha: 2e-5, beta: 0.75 })
  }
  drawing.then('input', 'input', { height: v.height, width: v.width })
  convolution(drawing, 'conv_1', { filters: 64, kernel: 7, stride: 2 }, bn)
  halve(drawing, 'pool_1')
  normalise('norm_1')
  drawing.row()
  convolution(drawing, 'conv_2_reduce', { filters: 64, kernel: 1 }, bn)
  convolution(drawing, 'conv_2', { filters: 192, kernel: 3 }, bn)
  drawing.row()
  normalise('norm_2')
  halve(drawing, 'pool_2')
  modules('3a', '3b')
  halve(drawing, 'pool_3')
  drawing.row()
  modules('4a', '4b', '4c', '4d', '4e')
  halve(drawing, 'pool_4')
  drawing.row()
  modules('5a', '5b')
  classifier(drawing, v.classes, rate)
  if (v.heads === 'all') {
    auxiliary(drawing, 'inception_4a', 'aux_1', { classes: v.classes, ...aux })
    auxiliary(drawing, 'inception_4d', 'aux_2', { classes: v.classes, ...aux })
  }
  return drawing.document()
}

function moduleParams(name: keyof typeof MODULES, bn: boolean) {
  const [one, reduce3, three, reduce5, five, projection] = MODULES[name]
  return {
    conv_1x1: one,
    conv_3x3_reduce: reduce3,
    conv_3x3: three,
    conv_5x5_reduce: reduce5,
    conv_5x5: five,
    pool_projection: projection,
    batch_norm: bn,
  }
}
