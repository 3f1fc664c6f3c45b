import { describe, expect, it } from 'vitest'
import { setParam } from '../../../src/shared/document/commands.js'
import { insertOnWire } from '../../../src/shared/document/wires.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { bypass } from '../../../src/shared/graph/bypass.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templates } from '../../../src/shared/templates/index.js'
import { after, build, check } from './checked.js'

describe('every kind of node of every template', () => {
  const kinds = templates.flatMap((template) => {
    const document = buildTemplate(template)
    if (!check(document)) return []
    const ids = Object.keys(document.nodes)
    // The middle one of each type: of several alike it must be told from the others.
    const types = [...new Set(ids.map((id) => document.nodes[id]!.type))].filter((type) => type !== 'input')
    return types.map((type) => {
      const alike = ids.filter((id) => document.nodes[id]!.type === type)
      return { name: template.name, document, id: alike[Math.floor((alike.length - 1) / 2)]! }
    })
  })
  console.log(`cases=${2 * kinds.length}`)

  it.each(kinds)('$id of $name is named where it is taken out, and what is put behind it too', ({ document, id }) => {
    const gone = check(bypass(id)(document))
    const inside = gone?.kind === 'deviates' ? gone.first.message : ''
    expect(inside.split(/[/ ]/)[0]).toBe(id)
    const wire = document.wires.find(({ from }) => from === id)
    if (wire) expect(after(document, insertOnWire(wire, 'tanh', [0, 0], 'extra'))?.[1]).toEqual({ node: 'extra' })
  })

  it('a block that lacks a layer is the place of it, and a net with an error does not match', () => {
    const inception = build('inception-resnet-v2')
    const error = analyze(setParam('stage_2_block_2', 'expansion', 0)(build('mobilenet-v2'))).issues[0]!
    expect([
      after(inception, setParam('block_a_3', 'relu', false)),
      after(build('densenet-121'), setParam('dense_2', 'layers', 11)),
      after(build('mobilenet-v2'), setParam('stage_2_block_2', 'expansion', 0)),
    ]).toEqual([
      ["block_a_3/relu (ReLU) of the paper's net is missing.", { node: 'block_a_3' }],
      ["dense_2/layer_12_1_bn (Batch norm) of the paper's net is missing.", { node: 'dense_2' }],
      [error.message, { node: 'stage_2_block_2' }],
    ])
  })
})
