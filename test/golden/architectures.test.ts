import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { analyze } from '../../src/shared/graph/analyze.js'
import { shapeText } from '../../src/shared/layers/shapes.js'
import { buildTemplate } from '../../src/shared/templates/define.js'
import { templateOf, templates } from '../../src/shared/templates/index.js'

/**
 * Counted on the libraries' own models with random weights: torchvision 0.29, timm 1.0 and pytorchcv 0.0.74 by
 * PyTorch 2.15, Keras 3.15 by TensorFlow 2.21, Caffe's GoogLeNet by its prototxt; the last rows are other
 * sizes, classes and widths. `resolutions` is the last shape of each size that the net works at.
 */
const rows = readFileSync(join(import.meta.dirname, 'architectures.csv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map((line) => {
    const [id, template, values, trainable, statistics, multiplyAdds, heads, resolutions] = line.split(',') as string[]
    return { id, template, values, trainable, statistics, multiplyAdds, heads, resolutions }
  })
console.log(`cases=${rows.length}`)

it.each(rows)('$id is $template $values', (row) => {
  const values = Object.fromEntries(row.values!.split(';').flatMap((pair) => (pair ? [pair.split('=')] : [])))
  const { issues, parameters, multiplyAdds, heads, nodes } = analyze(
    buildTemplate(templateOf(row.template!)!, values as Record<string, string>),
  )
  const shapes = new Set(Object.values(nodes).map(({ output }) => shapeText(output!)))
  expect({
    issues,
    trainable: parameters.trainable,
    statistics: parameters.total - parameters.trainable,
    multiplyAdds,
    heads: heads.length,
    missing: row.resolutions!.split(' ').filter((shape) => shape !== '' && !shapes.has(shape)),
  }).toEqual({
    issues: [],
    trainable: Number(row.trainable),
    statistics: Number(row.statistics),
    multiplyAdds: Number(row.multiplyAdds),
    heads: Number(row.heads),
    missing: [],
  })
})

it('leaves out no template that is not our own', () => {
  const ours = /-mini$|^plain-/
  const judged = new Set(rows.map(({ template }) => template))
  expect(templates.filter(({ name }) => !judged.has(name) && !ours.test(name)).map(({ name }) => name)).toEqual([])
})
