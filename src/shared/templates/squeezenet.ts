import { windowCount } from '../layers/geometry.js'
import { defineTemplate, imageFields, type Published, type Template } from './define.js'
import { Drawing } from './drawing.js'

/** Squeezing filters of the fire modules; each of the two expanding branches has four times as many. */
const SQUEEZE = [16, 16, 32, 32, 48, 48, 64, 64] as const

interface Plan {
  readonly filters: number
  readonly kernel: number
  /** Fire modules after each of the three pools. */
  readonly modules: readonly [number, number, number]
  readonly doc: string
  readonly published: Published
}

/** SqueezeNet 1.0 (Iandola et al. 2016, table 1) and its authors' cheaper 1.1. */
const PLANS: Readonly<Record<'1.0' | '1.1', Plan>> = {
  '1.0': {
    filters: 96,
    kernel: 7,
    modules: [3, 4, 1],
    doc: "Fire modules instead of wide convolutions: AlexNet's accuracy with fifty times fewer weights.",
    published: {
      at: {},
      parameters: 1_248_424,
      trainable: 1_248_424,
      multiplyAdds: 818_924_576,
      source: 'torchvision 0.29 squeezenet1_0, counted by PyTorch 2.15; the weights as in the paper',
    },
  },
  '1.1': {
    filters: 64,
    kernel: 3,
    modules: [2, 2, 4],
    doc: 'SqueezeNet with smaller windows and earlier pools: less than half the work of 1.0.',
    published: {
      at: {},
      parameters: 1_235_496,
      trainable: 1_235_496,
      multiplyAdds: 349_151_936,
      source: 'torchvision 0.29 squeezenet1_1, counted by PyTorch 2.15',
    },
  },
}

function squeezenet(version: keyof typeof PLANS): Template {
  const { filters, kernel, modules, doc, published } = PLANS[version]
  return defineTemplate({
    name: `squeezenet-${version}`,
    title: `SqueezeNet ${version}`,
    family: 'Small and fast',
    source: 'Iandola et al. 2016',
    doc,
    params: imageFields(224, 1000),
    build: (v) => {
      const drawing = new Drawing(`SqueezeNet ${version}`)
      drawing.then('input', 'input', { height: v.height, width: v.width })
      drawing.then('conv_1', 'conv2d', { filters, kernel: [kernel, kernel], stride: [2, 2], padding: 'valid' })
      drawing.then('conv_1_relu', 'relu')
      let sides = [v.height, v.width].map((side) => (side === null ? null : windowCount(side, kernel, 2, 'valid')))
      let fire = 2
      modules.forEach((count, i) => {
        const padding = ceilPadding(sides)
        drawing.then(`pool_${i + 1}`, 'max_pool', { kernel: [3, 3], stride: [2, 2], padding })
        sides = sides.map((side) => (side === null ? null : windowCount(side, 3, 2, padding)))
        for (const end = fire + count; fire < end; fire++) {
          const squeeze = SQUEEZE[fire - 2]!
          drawing.then(`fire_${fire}`, 'fire', { squeeze, expand_1x1: 4 * squeeze, expand_3x3: 4 * squeeze })
        }
      })
      drawing.row()
      drawing.then('dropout', 'dropout', { rate: 0.5 })
      drawing.then('logits', 'conv2d', { filters: v.classes, kernel: [1, 1] })
      drawing.then('logits_relu', 'relu')
      drawing.then('pool', 'global_average_pool')
      drawing.then('main', 'head')
      return drawing.document()
    },
    published: [published],
  })
}

/** Caffe lets the last window reach over the border: on an even side that is `same`, on an odd one `valid`. */
function ceilPadding(sides: readonly (number | null)[]): 'same' | 'valid' {
  return sides.every((side) => side === null || side % 2 === 0) ? 'same' : 'valid'
}

/** SqueezeNet in both versions. */
export const squeezenets: readonly Template[] = [squeezenet('1.0'), squeezenet('1.1')]
