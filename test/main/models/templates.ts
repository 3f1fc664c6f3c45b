import type { Document } from '../../../src/shared/document/document.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'

/** Every family of nets at a size that plain JavaScript computes in seconds. */
const SMALL: readonly (readonly [name: string, values: Readonly<Record<string, unknown>>])[] = [
  ['inception-mini', { height: 28, width: 28 }],
  ['inception-mini', { bn: false, height: 33, width: 30, heads: 'main' }],
  ['cifar-resnet-20', { height: 15, width: 18 }],
  ['plain-20', { bn: false, height: 16, width: 16 }],
  ['resnet-18', { height: 40, width: 33, classes: 7 }],
  ['googlenet', { height: 80, width: 96, classes: 10 }],
  ['vgg-16', { height: 32, width: 32, classes: 5 }],
  ['densenet-121', { height: 32, width: 36, classes: 4 }],
  ['squeezenet-1.1', { height: 40, width: 41, classes: 6 }],
  ['mobilenet-v3-small', { height: 40, width: 33, classes: 5 }],
]

export function smallTemplates(): readonly Document[] {
  return SMALL.map(([name, values]) => buildTemplate(templateOf(name)!, values))
}
