import { describe, expect, it } from 'vitest'
import { analyze } from '../../src/shared/graph/analyze.js'
import { buildTemplate } from '../../src/shared/templates/define.js'
import { templates } from '../../src/shared/templates/index.js'

const published = templates.flatMap((template) => (template.published ?? []).map((numbers) => ({ template, numbers })))
console.log(`cases=${published.length}`)

describe('templates against numbers that others counted', () => {
  it.each(published)('$template.name at $numbers.at: $numbers.source', ({ template, numbers }) => {
    const { parameters, multiplyAdds, issues } = analyze(buildTemplate(template, numbers.at))
    expect({ issues, parameters: parameters.total, trainable: parameters.trainable, multiplyAdds }).toEqual({
      issues: [],
      parameters: numbers.parameters,
      trainable: numbers.trainable,
      multiplyAdds: numbers.multiplyAdds,
    })
  })
})
