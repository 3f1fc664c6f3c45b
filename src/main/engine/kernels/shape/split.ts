import { storedAxes } from '../../onnx/layout.js'
import { defineKernel } from '../define.js'
import { axesOf } from '../reduce/reduction.js'
import { further } from '../../tensorflow/emitter.js'

interface SplitAttributes {
  readonly numOrSizeSplits: number | readonly number[]
  readonly axis: number
}

/** Parts of a tensor along an axis: so many equal ones, or of the given sizes. */
export const split = defineKernel<'x', SplitAttributes>('SplitV', {
  infer: ({ x }, { numOrSizeSplits, axis }) => {
    const along = axesOf(axis, x.shape)[0] as number
    const total = x.shape[along] as number
    return sizes(numOrSizeSplits, total).map((size) => ({ shape: x.shape.with(along, size), dtype: x.dtype }))
  },
  onnx: (e, { inputs: { x }, attributes: { axis }, outputs }) => {
    const along = axesOf(axis, x.shape)[0] as number
    const parts = e.ints(outputs.map(({ shape }) => shape[along] as number))
    const stored = storedAxes([along], x.layout)[0] as number
    return e.many('Split', [x.name, parts], { axis: { int: stored } }, { outputs: outputs.length })
  },
  blocked: (e, { inputs: { x }, attributes: { axis }, outputs }) => {
    const whole = outputs.every(({ layout }) => layout === 'blocked')
    if (x.layout !== 'blocked' || !whole || axesOf(axis, x.shape)[0] !== 3) return undefined
    const parts = e.ints(outputs.map(({ shape }) => shape[3] as number))
    return e.many('Split', [x.name, parts], { axis: { int: 1 } }, { outputs: outputs.length })
  },
  tensorflow: (e, { inputs: { x }, attributes: { axis }, outputs }) => {
    const along = axesOf(axis, x.shape)[0] as number
    const inputs = [x.name, e.ints(outputs.map(({ shape }) => shape[along] as number)), e.int(along)]
    const name = e.typed('SplitV', x.dtype, inputs, { num_split: { int: outputs.length }, Tlen: { type: 'int32' } })
    return outputs.map((_, i) => (i === 0 ? name : further(name, i)))
  },
})

function sizes(parts: number | readonly number[], total: number): number[] {
  if (typeof parts === 'number') return Array.from({ length: parts }, () => total / parts)
  const known = parts.reduce((sum, size) => sum + Math.max(size, 0), 0)
  return parts.map((size) => (size < 0 ? total - known : size))
}
