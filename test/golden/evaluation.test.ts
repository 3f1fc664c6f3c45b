import { expect, it } from 'vitest'
import { partFor } from '../../src/main/models/part.js'
import { analyze } from '../../src/shared/graph/analyze.js'
import { buildTemplate } from '../../src/shared/templates/define.js'
import { templateOf } from '../../src/shared/templates/index.js'

/** Nets that have their auxiliary heads, but compute the main one alone, as torchvision 0.29 does once training is over. */
const rows = [
  {
    id: 'torchvision/googlenet_aux_eval',
    template: 'googlenet-bn',
    trainable: 13_004_888,
    multiplyAdds: 1_498_376_192,
  },
  {
    id: 'torchvision/inception_v3_aux_eval',
    template: 'inception-v3',
    trainable: 27_161_264,
    multiplyAdds: 5_713_216_096,
  },
] as const
console.log(`cases=${rows.length}`)

it.each(rows)('$id: all weights of $template, multiply-adds of what the main head needs', (row) => {
  const analysis = analyze(buildTemplate(templateOf(row.template)!))
  expect({
    trainable: analysis.parameters.trainable,
    multiplyAdds: partFor(analysis, 'main').multiplyAdds,
  }).toEqual({ trainable: row.trainable, multiplyAdds: row.multiplyAdds })
})
