import { auxiliaryClassifier } from './auxiliary-classifier.js'
import { convBn } from './conv-bn.js'
import type { Block } from './define.js'
import { inception } from './inception.js'
import { plain } from './plain.js'
import { residual } from './residual.js'
import { vggStage } from './vgg-stage.js'

/** Every block there is, in the order of the palette. */
export const blocks: readonly Block[] = [convBn, inception, residual, plain, vggStage, auxiliaryClassifier]

const byType = new Map(blocks.map((block) => [block.type, block]))

/** The block of a type, if there is one. */
export function blockOf(type: string): Block | undefined {
  return byType.get(type)
}
