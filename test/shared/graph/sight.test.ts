import { describe, expect, it } from 'vitest'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { graphOf, type Short } from '../graph-of.js'

const fieldsOf = (nodes: Readonly<Record<string, Short>>) => analyze(graphOf(nodes)).receptiveFields
const input = ['input', { height: 32, width: 24, channels: 1 }] as const

describe('receptive fields behind layers that enlarge', () => {
  it('alternate from place to place, with an effective stride below 1', () => {
    const fields = fieldsOf({
      input,
      near: ['upsampling', { factor: [2, 1] }, 'input'],
      conv: ['conv2d', { filters: 1 }, 'near'],
      up: ['transposed_conv2d', { filters: 1, kernel: [3, 2], stride: [2, 2] }, 'input'],
      gaps: ['transposed_conv2d', { filters: 1, kernel: [3, 1], stride: [2, 1], dilation: [2, 1] }, 'input'],
    })
    const rows = (id: string) => {
      const field = fields.get(id)
      return field === 'all' ? field : field?.[0]
    }
    // By hand: rows 0 and 1 of `near` are row 0; a 3x3 window over them sees 2 rows of the image, one of them twice.
    expect(rows('near')).toEqual({ size: 1, stride: 0.5, first: 0, places: [[0, 0], [0, 0]] }) // prettier-ignore
    expect(rows('conv')).toEqual({ size: 2, stride: 0.5, first: -1, places: [[-1, 0], [0, 1]] }) // prettier-ignore
    // A kernel of 3 at stride 2, cut by one row below: even rows get taps 0 and 2, odd ones tap 1.
    expect(rows('up')).toEqual({ size: 2, stride: 0.5, first: -1, places: [[-1, 0], [0, 0]] }) // prettier-ignore
    // Taps two rows apart at stride 2 meet every second row only; one row is cut off above, so that the even ones see nothing.
    expect(rows('gaps')).toEqual({ size: 3, stride: 0.5, first: -1, places: [undefined, [-1, 1]] }) // prettier-ignore
  })

  it('are even again where a stride undoes what was enlarged', () => {
    const fields = fieldsOf({
      input,
      near: ['upsampling', {}, 'input'],
      pool: ['average_pool', {}, 'near'],
      down: ['conv2d', { filters: 1, stride: [2, 2] }, 'input'],
      up: ['upsampling', {}, 'down'],
      sum: ['add', {}, 'up', 'input'],
    })
    const one = { size: 1, stride: 1, first: 0 }
    expect(fields.get('pool')).toEqual([one, one])
    // Behind a way down and up again, a place and its neighbour see the same three rows; the skip wire is among them.
    const three = { size: 3, stride: 1, first: 0, places: [[0, 2], [0, 2]] } // prettier-ignore
    expect(fields.get('sum')).toEqual([three, three])
  })

  it('are unknown where rows become columns or a size is open that must be known', () => {
    expect([...fieldsOf({ input, turned: ['permute', {}, 'input'] }).keys()]).toEqual(['input'])
    const open = fieldsOf({
      input: ['input', { height: null, width: 24, channels: 1 }],
      fixed: ['resize', { height: 9, width: 9 }, 'input'],
      up: ['upsampling', {}, 'input'],
    })
    expect([open.get('fixed'), open.get('up') !== undefined]).toEqual([undefined, true])
  })

  it('are unknown where they repeat after more places than are followed', () => {
    const fields = fieldsOf({ input, wide: ['resize', { height: 32, width: 20_011 }, 'input'] })
    expect([...fields.keys()]).toEqual(['input'])
  })
})
