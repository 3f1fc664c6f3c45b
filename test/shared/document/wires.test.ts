import { describe, expect, it } from 'vitest'
import {
  canConnect,
  closeInputGaps,
  connect,
  disconnect,
  insertOnWire,
  sourcesFor,
  targetsFor,
} from '../../../src/shared/document/wires.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'
import { LIMITS } from '../../../src/shared/limits.js'
import { graphOf, SMALL } from '../graph-of.js'

const JOIN = graphOf({
  input: ['input'],
  a: ['relu', {}, 'input'],
  b: ['tanh', {}, 'input'],
  odd: ['wormhole'],
  sum: ['add', {}, 'a', 'b'],
  main: ['head', {}, 'sum'],
})

describe('canConnect', () => {
  it('gives its reason', () => {
    const pairs = [
      ['input', 'sum'],
      ['a', 'b'],
      ['a', 'a'],
      ['sum', 'a'],
      ['a', 'input'],
      ['main', 'a'],
      ['nobody', 'a'],
      ['a', 'nobody'],
      ['a', 'odd'],
    ] as const
    expect(pairs.map(([from, to]) => canConnect(JOIN, from, to))).toEqual([
      { ok: true },
      { ok: true },
      { ok: false, reason: 'A node cannot feed itself.' },
      { ok: false, reason: 'a already feeds sum: this wire would close a circle.' },
      { ok: false, reason: 'input is the input of the net: no wire enters it.' },
      { ok: false, reason: 'main is an output of the net: no wire leaves it.' },
      { ok: false, reason: 'There is no node nobody.' },
      { ok: false, reason: 'There is no node nobody.' },
      { ok: true },
    ])
  })

  it('refuses the wire above the limit', () => {
    const wires = Array.from({ length: LIMITS.wires }, () => ({ from: 'input', to: 'a', input: 0 }))
    const verdict = (count: number) => canConnect({ ...JOIN, wires: wires.slice(0, count) }, 'input', 'b').ok
    expect([verdict(LIMITS.wires - 1), verdict(LIMITS.wires)]).toEqual([true, false])
  })
})

describe('connect', () => {
  it('replaces the wire of a single input', () => {
    expect(connect('a', 'b')(JOIN).wires.filter(({ to }) => to === 'b')).toEqual([{ from: 'a', to: 'b', input: 0 }])
    expect(connect('a', 'b', 7)(JOIN).wires.filter(({ to }) => to === 'b')).toEqual([{ from: 'a', to: 'b', input: 0 }])
  })

  it('takes the next free input of many, or the one that is named', () => {
    const into = (...args: [string, string, number?]) => connect(...args)(JOIN).wires.filter(({ to }) => to === 'sum')
    expect(into('input', 'sum').at(-1)).toEqual({ from: 'input', to: 'sum', input: 2 })
    expect(into('input', 'sum', 0)).toEqual([
      { from: 'b', to: 'sum', input: 1 },
      { from: 'input', to: 'sum', input: 0 },
    ])
  })

  it('changes nothing where there is nothing to do', () => {
    const commands = [
      connect('a', 'sum', 0),
      connect('sum', 'a'),
      connect('input', 'sum', LIMITS.inputs),
      connect('input', 'sum', -1),
      connect('input', 'sum', 0.5),
      disconnect({ from: 'a', to: 'sum', input: 1 }),
      closeInputGaps('sum'),
      insertOnWire({ from: 'a', to: 'sum', input: 1 }, 'relu', [0, 0]),
      insertOnWire({ from: 'a', to: 'sum', input: 0 }, 'head', [0, 0]),
      insertOnWire({ from: 'a', to: 'sum', input: 0 }, 'input', [0, 0]),
      insertOnWire({ from: 'a', to: 'sum', input: 0 }, 'relu', [0, 0], 'b'),
    ]
    expect(commands.map((command) => command(JOIN) === JOIN)).toEqual(commands.map(() => true))
  })
})

describe('other edits of wires', () => {
  it('disconnect moves later inputs up', () => {
    expect(disconnect({ from: 'a', to: 'sum', input: 0 })(JOIN).wires).toEqual([
      { from: 'input', to: 'a', input: 0 },
      { from: 'input', to: 'b', input: 0 },
      { from: 'b', to: 'sum', input: 0 },
      { from: 'sum', to: 'main', input: 0 },
    ])
  })

  it('insertOnWire keeps the input number', () => {
    const document = insertOnWire({ from: 'b', to: 'sum', input: 1 }, 'conv2d', [50, 60])(JOIN)
    expect(document.nodes['conv2d']!.at).toEqual([50, 60])
    expect(document.wires.slice(-2)).toEqual([
      { from: 'b', to: 'conv2d', input: 0 },
      { from: 'conv2d', to: 'sum', input: 1 },
    ])
    expect(SMALL.wires).toHaveLength(4)
  })
})

it('lists as partners of a node exactly those that canConnect allows', () => {
  let cases = 0
  for (const document of [JOIN, buildTemplate(templateOf('inception-mini')!)]) {
    const ids = Object.keys(document.nodes)
    for (const id of ids) {
      expect(sourcesFor(document, id)).toEqual(ids.filter((from) => canConnect(document, from, id).ok))
      expect(targetsFor(document, id)).toEqual(ids.filter((to) => canConnect(document, id, to).ok))
      cases += 2 * ids.length
    }
    expect([sourcesFor(document, 'nobody'), targetsFor(document, 'nobody')]).toEqual([[], []])
  }
  console.log(`cases=${cases}`)
})
