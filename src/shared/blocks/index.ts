import { auxiliaryClassifier } from './inception/auxiliary-classifier.js'
import { auxiliaryClassifierV3 } from './inception/auxiliary-classifier-v3.js'
import { bottleneck } from './residual/bottleneck.js'
import { bottleneckPreactivation } from './residual/bottleneck-preactivation.js'
import { convnext } from './convnext.js'
import { convBn } from './conv-bn.js'
import type { Block } from './define.js'
import { denseBlock } from './dense-block.js'
import { fire } from './fire.js'
import { inceptionBn } from './inception/inception-bn.js'
import { inceptionA } from './inception/inception-a.js'
import { inceptionB } from './inception/inception-b.js'
import { inceptionC } from './inception/inception-c.js'
import { inceptionResnetA } from './inception/inception-resnet-a.js'
import { inceptionResnetB } from './inception/inception-resnet-b.js'
import { inceptionResnetC } from './inception/inception-resnet-c.js'
import { inceptionResnetReductionA } from './inception/inception-resnet-reduction-a.js'
import { inceptionResnetReductionB } from './inception/inception-resnet-reduction-b.js'
import { inceptionV4Stem } from './inception/inception-v4-stem.js'
import { inception } from './inception/inception.js'
import { depthwiseSeparable } from './mobile/depthwise-separable.js'
import { invertedResidualV2 } from './mobile/inverted-residual.js'
import { plain } from './residual/plain.js'
import { reductionA } from './inception/reduction-a.js'
import { reductionB } from './inception/reduction-b.js'
import { invertedResidualV3 } from './mobile/inverted-residual-v3.js'
import { mbconv } from './mobile/mbconv.js'
import { squeezeExcite } from './mobile/squeeze-excite.js'
import { residualPreactivation } from './residual/residual-preactivation.js'
import { residual } from './residual/residual.js'
import { resnext } from './residual/resnext.js'
import { seResidual } from './residual/se-residual.js'
import { wideResidual } from './residual/wide-residual.js'
import { xceptionResidual } from './residual/xception-residual.js'
import { transition } from './transition.js'
import { vggStage } from './vgg-stage.js'

/** Every block there is, in the order of the palette. */
export const blocks: readonly Block[] = [
  convBn,
  inception,
  inceptionBn,
  residual,
  residualPreactivation,
  bottleneck,
  bottleneckPreactivation,
  resnext,
  seResidual,
  wideResidual,
  plain,
  inceptionA,
  inceptionB,
  inceptionC,
  reductionA,
  reductionB,
  inceptionV4Stem,
  inceptionResnetA,
  inceptionResnetB,
  inceptionResnetC,
  inceptionResnetReductionA,
  inceptionResnetReductionB,
  xceptionResidual,
  denseBlock,
  transition,
  fire,
  depthwiseSeparable,
  invertedResidualV2,
  invertedResidualV3,
  mbconv,
  convnext,
  squeezeExcite,
  vggStage,
  auxiliaryClassifier,
  auxiliaryClassifierV3,
]

const byType = new Map(blocks.map((block) => [block.type, block]))

/** The block of a type, if there is one. */
export function blockOf(type: string): Block | undefined {
  return byType.get(type)
}
