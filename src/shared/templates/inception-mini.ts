import { flag } from '../layers/fields.js'
import { defineTemplate, headsField, imageFields } from './define.js'
import { Drawing } from './drawing.js'
import { auxiliary, classifier, convolution, halve } from './parts.js'

/** Filters of the modules: 1x1, 3x3 reduce, 3x3, 5x5 reduce, 5x5, pool projection. */
const MODULES = {
  '1a': [16, 16, 24, 4, 8, 8],
  '1b': [24, 24, 32, 6, 12, 12],
  '2a': [32, 32, 48, 8, 16, 16],
  '2b': [40, 40, 56, 10, 20, 20],
  '3a': [48, 48, 64, 12, 24, 24],
} as const

/** GoogLeNet's plan at a scale that trains on a laptop: five Inception modules and three heads for 28 to 64 px. */
export const inceptionMini = defineTemplate({
  name: 'inception-mini',
  title: 'Inception-mini',
  family: 'For small images',
  doc: 'Five Inception modules and three heads for images of 28 to 64 px: GoogLeNet small enough to train on a laptop in minutes.',
  params: {
    ...imageFields(32, 10),
    heads: headsField(),
    bn: flag('Batch norm behind every convolution of the trunk.', true),
  },
  build: (v) => {
    const drawing = new Drawing('Inception-mini')
    const module = (name: keyof typeof MODULES) => {
      const [conv_1x1, conv_3x3_reduce, conv_3x3, conv_5x5_reduce, conv_5x5, pool_projection] = MODULES[name]
      const filters = { conv_1x1, conv_3x3_reduce, conv_3x3, conv_5x5_reduce, conv_5x5, pool_projection }
      drawing.then(`inception_${name}`, 'inception', { ...filters, batch_norm: v.bn })
    }
    drawing.then('input', 'input', { height: v.height, width: v.width })
    convolution(drawing, 'conv_1', { filters: 16, kernel: 3 }, v.bn)
    halve(drawing, 'pool_1')
    drawing.row()
    convolution(drawing, 'conv_2', { filters: 32, kernel: 3 }, v.bn)
    module('1a')
    module('1b')
    halve(drawing, 'pool_2')
    drawing.row()
    module('2a')
    module('2b')
    halve(drawing, 'pool_3')
    drawing.row()
    module('3a')
    classifier(drawing, v.classes, 0.3)
    if (v.heads === 'all') {
      const small = { classes: v.classes, filters: 32, units: 64, rate: 0.5 }
      auxiliary(drawing, 'inception_2a', 'aux_1', small)
      auxiliary(drawing, 'inception_2b', 'aux_2', small)
    }
    return drawing.document()
  },
})
