import { expect, it } from 'vitest'
import { setParam } from '../../../src/shared/document/commands.js'
import { emptyDocument } from '../../../src/shared/document/document.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { defaultsOf } from '../../../src/shared/layers/fields.js'
import { templateOf } from '../../../src/shared/templates/index.js'
import { DEFAULT_SETTINGS } from '../../../src/shared/training/settings.js'
import { headWeights } from '../../../src/renderer/panels/training/net.js'
import { orderedHeads, settingsOf, settingsToSend, weightOf } from '../../../src/renderer/panels/training/settings.js'

const template = templateOf('inception-mini')!
const net = template.build(defaultsOf(template.params))
const heads = analyze(net).heads.map((head) => head.id)

it('reads what a document remembers and passes over what is of another kind', () => {
  expect(settingsOf(emptyDocument())).toEqual(DEFAULT_SETTINGS)
  const training = { batch: 64, epochs: '9', shuffle: false, steps: 12, headWeights: null, other: 1 }
  expect(settingsOf({ training })).toEqual({ ...DEFAULT_SETTINGS, batch: 64, shuffle: false, steps: 12 })
})

it('sends the weight of every head, from the settings or else from its node', () => {
  const document = { ...setParam('main', 'weight', 0.7)(net), training: { headWeights: { [heads[1]!]: 0.2 } } }
  const analysis = analyze(document)
  expect(settingsToSend(document, analysis)).toEqual({
    ...DEFAULT_SETTINGS,
    headWeights: Object.fromEntries(analysis.heads.map((head) => [head.id, weightOf(head, settingsOf(document))])),
  })
  expect(settingsToSend(document, analysis).headWeights).toMatchObject({ main: 0.7, [heads[1]!]: 0.2 })
})

it('mixes heads in their nodes and leaves no second truth in the settings', () => {
  const document = { ...net, training: { batch: 8, headWeights: { main: 3 } } }
  const mixed = headWeights({ main: 0.5, [heads[1]!]: 0.25 })(document)
  expect([mixed.nodes['main']?.params['weight'], mixed.nodes[heads[1]!]?.params['weight']]).toEqual([0.5, 0.25])
  expect(settingsToSend(mixed, analyze(mixed)).headWeights).toMatchObject({ main: 0.5, [heads[1]!]: 0.25 })
  const again = headWeights({ main: 0.5 })(mixed)
  expect(again).toBe(mixed)
})

it('lists the main head first', () => {
  const analysis = analyze(net)
  expect(orderedHeads(analysis)[0]?.id).toBe(analysis.mainHead)
  expect(
    orderedHeads(analysis)
      .map((head) => head.id)
      .sort(),
  ).toEqual([...heads].sort())
})
