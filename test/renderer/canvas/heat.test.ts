import { describe, expect, it } from 'vitest'
import { heatColour, heatOf, heatScale } from '../../../src/renderer/canvas/heat/heat.js'
import { pathOf } from '../../../src/renderer/stores/looks.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { graphOf } from '../../shared/graph-of.js'

describe('heat', () => {
  it('goes from one whole power of ten to another, and holds all gradients', () => {
    const looks = [{ gradient: 2e-5 }, { gradient: 0.3 }, { gradient: 0 }, { bad: ['gradient'] as const }]
    const scale = heatScale(looks)
    expect(scale).toEqual({ low: -5, high: 0 })
    expect(looks.map((look) => heatOf(look, scale))).toEqual([
      expect.closeTo((Math.log10(2e-5) + 5) / 5, 9),
      expect.closeTo((Math.log10(0.3) + 5) / 5, 9),
      'none',
      'bad',
    ])
    expect(heatScale([{ gradient: 0.01 }])).toEqual({ low: -2, high: -1 })
    expect(heatScale([])).toEqual({ low: -1, high: 0 })
  })

  it('mixes neighbours of the scale, ends included', () => {
    expect(heatColour(0)).toBe('color-mix(in oklab, var(--h1) 0%, var(--h0))')
    expect(heatColour(0.5)).toBe('color-mix(in oklab, var(--h3) 50%, var(--h2))')
    expect(heatColour(1)).toBe('color-mix(in oklab, var(--h5) 100%, var(--h4))')
  })

  it('finds the layer behind a node wherever the canvas is', () => {
    const analysis = analyze(
      graphOf({ input: ['input'], mixed: ['inception', {}, 'input'], pool: ['max_pool', {}, 'mixed'] }),
    )
    expect(pathOf({ path: '', analysis }, 'pool')).toBe('pool')
    const inner = pathOf({ path: '', analysis }, 'mixed')
    expect(inner).toMatch(/^mixed\/\w+$/)
    expect(pathOf({ path: 'mixed', closed: 'mixed', analysis }, inner)).toBe(inner)
    expect(pathOf({ path: 'stem/mixed', closed: 'mixed', analysis }, inner)).toBe(`stem/${inner}`)
    expect(pathOf({ path: 'stem', analysis }, 'pool')).toBe('stem/pool')
  })
})
