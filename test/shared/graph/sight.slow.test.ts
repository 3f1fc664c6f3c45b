import { expect, it } from 'vitest'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { seenAt } from '../../../src/shared/graph/sight.js'
import { hash } from '../../../src/shared/random.js'
import { graphOf, type Short } from '../graph-of.js'
import { reachedBy } from '../reached.js'

/** Larger than most fields, so that places in the middle see no border. */
const [HEIGHT, WIDTH] = [52, 44]

/** A random net of layers that enlarge, resize, crop, turn and window, of one channel, with branches that meet again. */
function uneven(seed: number): Readonly<Record<string, Short>> {
  let draws = 0
  const dice = (low: number, high: number) => low + (hash(seed, draws++) % (high - low + 1))
  const pair = (low: number, high: number): [number, number] => [dice(low, high), dice(low, high)]
  const nodes: Record<string, Short> = { n0: ['input', { height: HEIGHT, width: WIDTH, channels: 1 }] }
  const add = (...short: Short) => {
    const id = `n${Object.keys(nodes).length}`
    nodes[id] = short
    return id
  }
  const sizeOf = (id: string) => analyze(graphOf(nodes)).nodes[id]?.output as [number, number] | undefined
  const mode = () => ({ interpolation: dice(0, 1) ? 'nearest' : 'bilinear' })
  const padding = () => ({ padding: ['same', 'valid', 'explicit'][dice(0, 2)], pads: [0, 0, 0, 0] })
  const window = (from: string) =>
    add('conv2d', { filters: 1, kernel: pair(1, 3), stride: pair(1, 2), dilation: pair(1, 2), ...padding() }, from)
  const steps: readonly ((from: string) => string)[] = [
    window,
    window,
    (from) => add('upsampling', { factor: pair(1, 3), ...mode() }, from),
    (from) => {
      const more = { kernel: pair(1, 4), stride: pair(1, 3), dilation: pair(1, 3), ...padding() }
      return add('transposed_conv2d', { filters: 1, ...more }, from)
    },
    (from) => add('resize', { height: dice(20, 70), width: dice(20, 70), ...mode() }, from),
    (from) => add('adaptive_average_pool', { size: pair(7, 24) }, from),
    (from) => {
      const [height, width] = sizeOf(from) ?? [0, 0]
      return add(
        'random_crop',
        { height: Math.max(1, height - dice(0, 5)), width: Math.max(1, width - dice(0, 5)) },
        from,
      )
    },
    // A way down and up again, beside a skip wire; the second has another effective stride.
    (from) => {
      const [height, width] = sizeOf(from) ?? [1, 1]
      const down = add('average_pool', { kernel: [3, 3], stride: [2, 2], padding: 'same' }, from)
      return add('add', {}, add('resize', { height, width, ...mode() }, down), from)
    },
    (from) => {
      const [height, width] = sizeOf(from) ?? [1, 1]
      return add('average', {}, from, add('resize', { height, width }, add('cropping', { crop: [2, 1, 1, 3] }, from)))
    },
  ]
  let last = 'n0'
  for (let i = dice(2, 4); i > 0; i--) last = steps[dice(0, steps.length - 1)]!(last)
  return nodes
}

it('are what the gradient of single pixels reaches, in random nets that enlarge', () => {
  let [cases, nets, blind] = [0, 0, 0]
  for (let seed = 0; seed < 150; seed++) {
    const { graph, nodes, receptiveFields, issues } = analyze(graphOf(uneven(seed)))
    const { id } = graph.nodes.at(-1)!
    const field = receptiveFields.get(id)
    const size = nodes[id]!.output
    if (issues.some(({ code }) => code.startsWith('shape/')) || !size || !field || field === 'all') continue
    if (Object.values(nodes).some(({ output }) => output![0]! * output![1]! > 8_000)) continue
    nets++
    const reached = reachedBy(graph.nodes, id, nodes)
    for (const shift of [0, 1, 2, 3]) {
      const pixel = [0, 1].map((side) => Math.min(Math.floor(size[side]! / 2) + shift, size[side]! - 1)) as [
        number,
        number,
      ]
      const seen = field.map((sight, side) => seenAt(sight, pixel[side]!))
      // Nearer to the border maps inside the net may have ended.
      const isInside = seen.every((one, side) => !one || (one[0] >= 14 && one[1] < [HEIGHT, WIDTH][side]! - 14))
      if (!isInside) continue
      cases++
      const expected = seen.includes(undefined) ? undefined : seen
      if (!expected) blind++
      expect({ seed, pixel, seen: reached(pixel) }).toEqual({ seed, pixel, seen: expected })
      field.forEach((sight, side) => {
        const one = seen[side]
        if (one) expect(one[1] - one[0]).toBeLessThan(sight.size)
      })
    }
  }
  expect([cases > 200, blind > 0]).toEqual([true, true])
  console.log(`cases=${cases} nets=${nets} seeing nothing=${blind}`)
})
