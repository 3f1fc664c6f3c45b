import { choice } from '../layers/fields.js'
import { defineTemplate, imageFields } from './define.js'
import { Drawing } from './drawing.js'
import { halve } from './parts.js'

/** Filters of the five convolutions, groups of each, and pixels around the image of the first. */
interface Form {
  readonly filters: readonly [number, number, number, number, number]
  readonly groups: readonly [number, number, number, number, number]
  readonly pads: (side: number | null) => readonly [before: number, after: number]
  /** Local response normalisation in front of the first two pools. */
  readonly lrn: boolean
}

const FORMS: Readonly<Record<'torchvision' | 'paper', Form>> = {
  torchvision: { filters: [64, 192, 384, 256, 256], groups: [1, 1, 1, 1, 1], pads: () => [2, 2], lrn: false },
  // Two groups are the paper's two graphics cards: only the third convolution sees the maps of both.
  paper: { filters: [96, 256, 384, 384, 256], groups: [1, 2, 1, 2, 2], pads: missing, lrn: true },
}

/** The paper's 224 px come out even with three pixels more, Caffe's 227 px as they are. */
function missing(side: number | null): readonly [number, number] {
  const pixels = (4 - (((side ?? 224) - 11) % 4)) % 4
  return [Math.floor(pixels / 2), Math.ceil(pixels / 2)]
}

/** AlexNet (Krizhevsky et al. 2012), as in the paper or as PyTorch users know it (Krizhevsky 2014). */
export const alexnet = defineTemplate({
  name: 'alexnet',
  title: 'AlexNet',
  family: 'AlexNet and VGG',
  source: 'Krizhevsky et al. 2012',
  doc: 'Five convolutions and three large dense layers: the net of 2012 that made everybody look at deep learning.',
  params: {
    ...imageFields(224, 1000),
    form: choice(
      'One column of filters, pooled to 6x6 (torchvision), or the two halves and local response normalisation of the paper.',
      'torchvision',
      'paper',
    ),
  },
  build: (v) => {
    const { filters, groups, pads, lrn } = FORMS[v.form]
    const drawing = new Drawing('AlexNet')
    const around = [...pads(v.height), ...pads(v.width)]
    drawing.then('input', 'input', { height: v.height, width: v.width })
    filters.forEach((count, i) => {
      const id = `conv_${i + 1}`
      const rest = { filters: count, groups: groups[i] }
      if (i === 0)
        drawing.then(id, 'conv2d', { ...rest, kernel: [11, 11], stride: [4, 4], padding: 'explicit', pads: around }) // prettier-ignore
      else drawing.then(id, 'conv2d', { ...rest, kernel: i === 1 ? [5, 5] : [3, 3] })
      drawing.then(`${id}_relu`, 'relu')
      if (lrn && i < 2) drawing.then(`norm_${i + 1}`, 'lrn', { depth_radius: 2, bias: 2, alpha: 1e-4, beta: 0.75 })
      if (i < 2 || i === 4) halve(drawing, `pool_${i + 1}`, 'valid')
    })
    if (v.form === 'torchvision') drawing.then('pool', 'adaptive_average_pool', { size: [6, 6] })
    drawing.then('flatten', 'flatten')
    for (const i of [1, 2]) {
      drawing.then(`dropout_${i}`, 'dropout', { rate: 0.5 })
      drawing.then(`dense_${i}`, 'dense', { units: 4096 })
      drawing.then(`dense_${i}_relu`, 'relu')
    }
    drawing.then('logits', 'dense', { units: v.classes })
    drawing.then('main', 'head')
    return drawing.document()
  },
  published: [
    {
      at: {},
      parameters: 61_100_840,
      trainable: 61_100_840,
      multiplyAdds: 714_188_480,
      source: 'torchvision 0.29 alexnet, counted by PyTorch 2.15',
    },
    ...[{ form: 'paper' }, { form: 'paper', height: 227, width: 227 }].map((at) => ({
      at,
      parameters: 60_965_224,
      trainable: 60_965_224,
      multiplyAdds: 724_406_816,
      source: 'Caffe bvlc_alexnet, counted by PyTorch 2.15',
    })),
  ],
})
