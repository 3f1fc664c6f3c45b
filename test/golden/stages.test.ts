import { expect, it } from 'vitest'
import { analyze } from '../../src/shared/graph/analyze.js'
import { buildTemplate } from '../../src/shared/templates/define.js'
import { templateOf } from '../../src/shared/templates/index.js'
import { inceptionStages } from './stages/inception.js'
import { laterStages } from './stages/later.js'
import { otherStages } from './stages/others.js'

const stagedNets = [...inceptionStages, ...otherStages, ...laterStages]

const cases = stagedNets.reduce((sum, { stages }) => sum + stages.length, 0)
console.log(`cases=${cases}`)

it.each(stagedNets)('$template $values has the shapes and counts of $source at every stage', (net) => {
  const { origins } = analyze(buildTemplate(templateOf(net.template)!, net.values))
  const found = net.stages.map(([node, , trainable, multiplyAdds]) => {
    // A stage is all of its blocks.
    const inside = Object.entries(origins).filter(([id]) => id === node || id.startsWith(`${node}_block_`))
    const sum = (of: 'trainable' | 'multiplyAdds') => inside.reduce((total, [, facts]) => total + facts[of], 0)
    const output = inside.at(-1)?.[1].output
    return [
      node,
      output,
      ...(trainable === undefined ? [] : [sum('trainable')]),
      ...(multiplyAdds === undefined ? [] : [sum('multiplyAdds')]),
    ]
  })
  expect(found).toEqual(net.stages)
})
