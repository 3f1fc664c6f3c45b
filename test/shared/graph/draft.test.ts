import { describe, expect, it } from 'vitest'
import { defineBlock, type Block, type BlockBuilder } from '../../../src/shared/blocks/define.js'
import { addBlock, addLayer, type Draft } from '../../../src/shared/graph/draft.js'
import { input } from '../../../src/shared/layers/input.js'

const emptyDraft = (): Draft => ({ nodes: [], shapes: new Map(), misfits: new Map(), input: undefined })

/** A block with this inside. */
function blockOf(expand: (g: BlockBuilder, x: string) => string): Block {
  return defineBlock({
    type: 'test',
    title: 'Test',
    doc: 'A test.',
    source: 'Bishop 1995',
    params: {},
    examples: [],
    expand: (_p, g, x) => expand(g, x),
  })
}

/** Draw the block behind an input of 6x6x4, or behind nothing. */
function draw(block: Block, isFed = true) {
  const draft = emptyDraft()
  const params = { height: 6, width: 6, channels: 4 }
  const from = addLayer(draft, input, { id: 'input', origin: 'input', params, inputs: [] })
  const output = addBlock(draft, block, { id: 'b', origin: 'b', params: {}, inputs: isFed ? [from] : [] })
  return { draft, output }
}

describe('blocks within blocks', () => {
  const nested = blockOf((g, x) =>
    g.add('second', 'residual', { width: 4 }, g.add('first', 'conv2d', { filters: 4 }, x)),
  )

  it('are opened with the whole path as name', () => {
    const { draft, output } = draw(nested)
    expect(output).toBe('b/second/relu')
    expect(draft.nodes.map(({ id, origin }) => [id, origin])).toEqual([
      ['input', 'input'],
      ...[
        'first',
        'second/conv_1',
        'second/conv_1_bn',
        'second/conv_1_relu',
        'second/conv_2',
        'second/conv_2_bn',
        'second/add',
        'second/relu',
      ].map((inner) => [`b/${inner}`, 'b']),
    ])
    expect(draft.shapes.get(output)).toEqual([6, 6, 4])
  })

  it('are opened without an input too, shapes unknown', () => {
    const { draft } = draw(nested, false)
    expect(draft.nodes.find(({ id }) => id === 'b/first')!.inputs).toEqual([])
    expect([...draft.shapes.keys()]).toEqual(['input'])
  })
})

describe('a block with a bug', () => {
  it('is told so, rather than the user', () => {
    expect(() => draw(blockOf((g, x) => g.add('a', 'conv2d', { filters: 0 }, x)))).toThrow(
      'A block sets filters of conv2d wrongly: must be 1 to 65536, not 0.',
    )
    expect(() => draw(blockOf((g, x) => g.add('a', 'wormhole', {}, x)))).toThrow(
      'A block uses wormhole, which is neither a layer nor a block.',
    )
  })
})

describe('what a block can ask', () => {
  it('is the shape of a port, and whether two are equal', () => {
    const asked: unknown[] = []
    const block = blockOf((g, x) => {
      const same = g.add('same', 'relu', {}, x)
      const half = g.add('half', 'max_pool', {}, x)
      asked.push(g.shape(half), g.shape('nowhere'), g.fits(x, same), g.fits(x, half), g.fits(x, 'nowhere'))
      return same
    })
    draw(block)
    expect(asked).toEqual([[3, 3, 4], undefined, true, false, false])
  })
})
