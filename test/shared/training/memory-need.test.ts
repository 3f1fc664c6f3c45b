import { describe, expect, it } from 'vitest'
import {
  corrected,
  fitOf,
  largestBatch,
  MEMORY_RULES,
  needOf,
  type MemoryEstimate,
} from '../../../src/shared/training/memory-need.js'

const STEP = { state: 1000, kernels: 10, values: 5000, perImage: 100 }

describe('what training takes', () => {
  it('is the sum of its parts, by the rules of the runtime; a card has no program in its memory', () => {
    const { base, perKernel, state, values } = MEMORY_RULES.onnx
    const need = needOf('traced', 'onnx-cpu', STEP)
    expect(need).toEqual({
      basis: 'traced',
      runtime: base + 10 * perKernel,
      state: Math.round(1000 * state),
      values: Math.round(5000 * values),
      needed: base + 10 * perKernel + Math.round(1000 * state) + Math.round(5000 * values),
      perImage: Math.round(100 * values),
    })
    expect(needOf('traced', 'onnx-webgpu', STEP)).toMatchObject({ runtime: 0, needed: 6000, perImage: 100 })
  })

  it('is what was measured with as many images, and moves with more or fewer of them from the nearest', () => {
    const need = needOf('traced', 'onnx-webgpu', STEP)
    expect(corrected(need, 8, [])).toBe(need)
    const known = [
      { images: 8, peak: 9000 },
      { images: 32, peak: 12_000 },
    ]
    expect(corrected(need, 8, known)).toEqual({ ...need, basis: 'measured', needed: 9000, values: 8000 })
    expect(corrected(need, 30, known)).toMatchObject({ basis: 'measured', needed: 11_800, values: 10_800 })
    expect(corrected(need, 1, [{ images: 32, peak: 1200 }])).toMatchObject({ needed: 1000, values: 0 })
    const cpu = needOf('traced', 'onnx-cpu', STEP)
    const less = { basis: 'measured', needed: 9000, runtime: 9000 - cpu.state, state: cpu.state, values: 0 }
    expect(corrected(cpu, 8, [{ images: 8, peak: 9000 }])).toMatchObject(less)
  })
})

describe('whether it fits', () => {
  it('is told from what is free, else from all there is', () => {
    const fits = [800, 801, 1000, 1001].map((needed) => fitOf(needed, { total: 5000, free: 1000 }))
    expect(fits).toEqual(['fits', 'tight', 'tight', 'too-large'])
    expect([fitOf(4000, { total: 5000 }), fitOf(5001, { total: 5000 })]).toEqual(['fits', 'too-large'])
    expect(fitOf(1, {})).toBe('unknown')
  })

  it('names a batch that fits, beside which the next does not', () => {
    let cases = 0
    for (const fixed of [0, 3e8, 9e9]) {
      for (const perImage of [1e5, 2e7, 3e9]) {
        for (const microBatches of [1, 4]) {
          for (const free of [5e8, 4e9, 6e10]) {
            const batch = 32
            const need = (images: number) => fixed + perImage * images
            const estimate: MemoryEstimate = {
              ...{ device: 'onnx-cpu', basis: 'traced', runtime: 0, state: 0, values: 0 },
              ...{ needed: need(batch / microBatches), perImage, free },
            }
            const largest = largestBatch(estimate, { batch, microBatches })
            const images = (largest ?? 0) / microBatches
            if (largest !== undefined) expect(fitOf(need(images), { free })).toBe('fits')
            if (largest !== 65_536) expect(fitOf(need(images + (images >= 16 ? 8 : 1)), { free })).not.toBe('fits')
            expect(largest === undefined || images >= 1).toBe(true)
            cases++
          }
        }
      }
    }
    console.log(`cases=${cases}`)
  })
})
