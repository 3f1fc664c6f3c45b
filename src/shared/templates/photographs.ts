import { flag } from '../layers/fields.js'
import { Drawing } from './drawing.js'
import { classifier, convolution, halve } from './parts.js'
import { stages } from './stages.js'

/** Blocks of each stage (He et al. 2016, table 1). */
export const BLOCKS = {
  18: [2, 2, 2, 2],
  34: [3, 4, 6, 3],
  50: [3, 4, 6, 3],
  101: [3, 4, 23, 3],
  152: [3, 8, 36, 3],
} as const

/** Batch norm or not: the nets are drawn with it, switching it off shows what it does. */
export const bn = flag('Batch norm behind every convolution.', true)

/** Values of the templates that have this plan. */
export interface PhotographValues {
  readonly height: number | null
  readonly width: number | null
  readonly classes: number
  readonly bn: boolean
}

/** A net for photographs: 7x7 stem, four stages, classifier. */
export function photographs(
  title: string,
  v: PhotographValues,
  blocks: readonly number[],
  type: string,
  paramsOf: (stage: number) => Readonly<Record<string, unknown>>,
  bias?: boolean,
) {
  const drawing = new Drawing(title)
  drawing.then('input', 'input', { height: v.height, width: v.width })
  convolution(drawing, 'conv_1', { filters: 64, kernel: 7, stride: 2, ...(bias && { bias }) }, v.bn)
  halve(drawing, 'pool_1')
  drawing.row()
  stages(drawing, type, blocks, paramsOf)
  classifier(drawing, v.classes)
  return drawing.document()
}
