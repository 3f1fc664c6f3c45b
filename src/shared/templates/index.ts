import { alexnet } from './alexnet.js'
import { bnInception } from './bn-inception.js'
import { cifarResnets, plains } from './cifar-resnet.js'
import { convnextTiny } from './convnext.js'
import { FAMILIES, type Template } from './define.js'
import { densenets } from './densenet.js'
import { googlenet, googlenetBn } from './googlenet.js'
import { inceptionMini } from './inception-mini.js'
import { inceptionResnetMini, inceptionResnetV2 } from './inception-resnet.js'
import { inceptionV3 } from './inception-v3.js'
import { inceptionV4 } from './inception-v4.js'
import { efficientnetB0 } from './mobile/efficientnet.js'
import { mobilenetV1 } from './mobile/mobilenet-v1.js'
import { mobilenetV2 } from './mobile/mobilenet-v2.js'
import { mobilenetsV3 } from './mobile/mobilenet-v3.js'
import { resnext50, seResnet50, wideResnet } from './resnet-kinds.js'
import { plainPhotographs, resnets } from './resnet.js'
import { resnetsV2 } from './resnet-v2.js'
import { xception } from './xception.js'
import { squeezenets } from './squeezenet.js'
import { vggs } from './vgg.js'

const all: readonly Template[] = [
  inceptionMini,
  inceptionResnetMini,
  ...cifarResnets,
  ...resnets,
  ...resnetsV2,
  wideResnet,
  resnext50,
  seResnet50,
  ...plains,
  ...plainPhotographs,
  googlenet,
  googlenetBn,
  bnInception,
  inceptionV3,
  inceptionV4,
  inceptionResnetV2,
  xception,
  convnextTiny,
  ...densenets,
  mobilenetV1,
  mobilenetV2,
  ...mobilenetsV3,
  efficientnetB0,
  ...squeezenets,
  alexnet,
  ...vggs,
]

/** Every template there is, family by family in the order of the gallery: those that train on a laptop first. */
export const templates: readonly Template[] = FAMILIES.flatMap((family) => all.filter((one) => one.family === family))

const byName = new Map(templates.map((template) => [template.name, template]))

/** The template of a name, if there is one. */
export function templateOf(name: string): Template | undefined {
  return byName.get(name)
}
