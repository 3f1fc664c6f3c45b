import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addNode } from '../../../src/shared/document/commands.js'
import { emptyDocument } from '../../../src/shared/document/document.js'
import { endBurst, historyOf, push, redo, undo, type History } from '../../../src/shared/document/history.js'
import { LIMITS } from '../../../src/shared/limits.js'

const named = (name: string | number) => emptyDocument(String(name))
const times = (n: number, step: (history: History) => History, history: History) => {
  let now = history
  for (let i = 0; i < n; i++) now = step(now)
  return now
}

describe('history', () => {
  it('joins the edits of a burst until another edit, an undo or its end', () => {
    let history = historyOf(named('start'))
    for (const [name, burst] of [
      ['a', 'x'],
      ['b', 'x'],
      ['c', 'y'],
      ['d', undefined],
      ['e', undefined],
    ] as const) {
      history = push(history, named(name), burst)
    }
    expect(history.past.map(({ name }) => name)).toEqual(['start', 'b', 'c', 'd'])
    history = push(endBurst(push(historyOf(named('start')), named('a'), 'x')), named('b'), 'x')
    expect(history.past.map(({ name }) => name)).toEqual(['start', 'a'])
    history = push(undo(history), named('c'), 'x')
    expect([history.past.map(({ name }) => name), history.future]).toEqual([['start', 'a'], []])
  })

  it('does nothing for the same document or at its ends', () => {
    const history = historyOf(named('only'))
    expect([push(history, history.present), undo(history), redo(history), endBurst(history)]).toEqual([
      history,
      history,
      history,
      history,
    ])
    expect(push(history, history.present)).toBe(history)
  })

  it('keeps the last thousand steps', () => {
    let history = historyOf(named(0))
    for (let i = 1; i <= LIMITS.undo + 1; i++) history = push(history, named(i))
    expect([history.past.length, history.past[0]!.name]).toEqual([LIMITS.undo, '1'])
  })

  it('comes back to the same documents, by reference, after n undos and n redos', () => {
    let cases = 0
    const edits = fc.array(
      fc.record({
        type: fc.constantFrom('relu', 'dense'),
        burst: fc.option(fc.constantFrom('x', 'y'), { nil: undefined }),
      }),
      { maxLength: 30 },
    )
    fc.assert(
      fc.property(edits, fc.nat(40), (list, n) => {
        cases++
        const history = list.reduce<History>(
          (now, { type, burst }) => push(now, addNode(type, [0, 0])(now.present), burst),
          historyOf(emptyDocument()),
        )
        const steps = Math.min(n, history.past.length)
        const back = times(steps, undo, history)
        const there = times(steps, redo, back)
        expect(back.present).toBe(steps === 0 ? history.present : history.past[history.past.length - steps])
        expect(there.present).toBe(history.present)
        expect([there.past, there.future]).toEqual([history.past, history.future])
      }),
      { seed: 4, numRuns: 500 },
    )
    console.log(`cases=${cases}`)
  })
})
