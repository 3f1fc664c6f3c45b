import type { Template } from './define.js'
import { googlenet } from './googlenet.js'
import { inceptionMini } from './inception-mini.js'
import { cifarResnet20, plain20, resnet18 } from './resnet.js'
import { vgg16 } from './vgg.js'

/** Every template there is, in the order of the gallery: those that train on a laptop first. */
export const templates: readonly Template[] = [inceptionMini, cifarResnet20, plain20, googlenet, resnet18, vgg16]

/** The template of a name, if there is one. */
export function templateOf(name: string): Template | undefined {
  return templates.find((template) => template.name === name)
}
