import { slice_util } from '@tensorflow/tfjs-core'
import { inStoredOrder } from '../../onnx/stored-order.js'
import type { Spec } from '../../step/step.js'
import { defineKernel } from '../define.js'

interface SliceAttributes {
  readonly begin: number | readonly number[]
  readonly size?: number | readonly number[]
}

/** The part of a tensor that begins at `begin` and has so many values along each axis; -1 takes all that are left. */
export const slice = defineKernel<'x', SliceAttributes>('Slice', {
  infer: ({ x }, attributes) => [{ shape: rangeOf(x, attributes).size, dtype: x.dtype }],
  onnx: (e, { inputs: { x }, attributes }) => {
    const { begin, size } = rangeOf(x, attributes)
    const stored = inStoredOrder(
      begin.map((first, axis) => [first, first + size[axis]!] as const),
      x.layout,
    )
    const [starts, ends] = [0, 1].map((at) => e.ints(stored.map((range) => range[at]!)))
    return e.node('Slice', [x.name, starts!, ends!])
  },
  tensorflow: (e, { inputs: { x }, attributes }) => {
    const { begin, size } = rangeOf(x, attributes)
    return e.typed('Slice', x.dtype, [x.name, e.ints(begin), e.ints(size)], { Index: { type: 'int32' } })
  },
})

function rangeOf(x: Spec, { begin, size }: SliceAttributes): { begin: number[]; size: number[] } {
  const [first, length] = slice_util.parseSliceParams(
    { shape: [...x.shape] } as never,
    begin as number[],
    size as number[],
  )
  return { begin: first!, size: length! }
}
