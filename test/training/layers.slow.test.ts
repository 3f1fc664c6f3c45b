import { describe, expect, it } from 'vitest'
import { analyze } from '../../src/shared/graph/analyze.js'
import { layers } from '../../src/shared/layers/index.js'
import { exampleOf } from '../../src/shared/reference/example.js'
import { trained } from './trained.js'

/** Classes of the head of every example. */
const CLASSES = 10

/** Dead units and noise leave single weights without a gradient in a small batch; no node is without one in this. */
const BATCH = 8

describe('the net on the page of every layer trains: finite losses, and every layer with weights moves', () => {
  console.log(`cases=${layers.length}`)

  it.each(layers.map(({ type }) => type))('%s', async (type) => {
    const analysis = analyze(exampleOf(type))
    expect(analysis.graph.nodes.some(({ layer }) => layer.type === type)).toBe(true)
    expect(await trained(analysis, CLASSES, BATCH)).toEqual({ broken: [], unchanged: [] })
  })
})
