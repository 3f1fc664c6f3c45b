import { describe, expect, it } from 'vitest'
import { blocks } from '../../src/shared/blocks/index.js'
import { analyze } from '../../src/shared/graph/analyze.js'
import { around } from '../shared/blocks/around.js'
import { trained } from './trained.js'

const CLASSES = 4

/** Dead ReLUs are the rule with one or two channels: a batch this large wakes each of them. */
const BATCH = 16

const cases = blocks.flatMap((block) => block.examples.map((example) => ({ block, example })))

describe('every block trains: finite losses, and every layer with weights moves', () => {
  console.log(`cases=${cases.length}`)

  it.each(cases)('$block.type $example', async ({ block, example }) => {
    const analysis = analyze(around(block.type, example.params ?? {}, example.inputs[0]!))
    expect(analysis.issues).toEqual([])
    expect(await trained(analysis, CLASSES, BATCH)).toEqual({ broken: [], unchanged: [] })
  })
})
