import type { Shape } from '../../../src/shared/layers/shapes.js'
import { graphOf } from '../graph-of.js'

/** One block between an input and what makes a classifier of four classes of its output. */
export function around(type: string, params: object, [height, width, channels]: Shape) {
  const isVector = type.startsWith('auxiliary_classifier')
  return graphOf({
    input: ['input', { height, width, channels }],
    block: [type, { ...params }, 'input'],
    ...(isVector ? {} : { pool: ['global_average_pool', {}, 'block'] as const }),
    logits: ['dense', { units: 4 }, isVector ? 'block' : 'pool'],
    main: ['head', {}, 'logits'],
  })
}
