import fc from 'fast-check'
import { expect, it } from 'vitest'
import { evaluate, resolve } from '../../../src/shared/expressions/evaluate.js'
import { namesIn, renameIn, substitute } from '../../../src/shared/expressions/rewrite.js'

const scope = { N: 64, k: 3, act: 'relu', size: [3, 5], bias: true }

it('computes formulas of the parameters', () => {
  const cases: readonly (readonly [string, unknown])[] = [
    ['=1.5*N', 96],
    ['= N / 2 ', 32],
    ['=N+2*k', 70],
    ['=(N+2)*k', 198],
    ['=-N + 65', 1],
    ['=--2', 2],
    ['=2-3-4', -5],
    ['=64/4/2', 8],
    ['=1.1*10', 11],
    ['=.5*N', 32],
    ['=1e3', 1000],
    ['=max(8, round(N*0.3), 4)', 19],
    ['=min(N,k)', 3],
    ['=floor(7/2)', 3],
    ['=ceil(7/2)', 4],
    ['=act', 'relu'],
    ['=size', [3, 5]],
    ['=bias', true],
  ]
  expect(cases.map(([text]) => [text, evaluate(text, scope)])).toEqual(cases.map(([text, value]) => [text, { value }]))
})

it('says what is wrong, and at which character', () => {
  const problems = ['=', '=1.5*', '=2N', '=N*M', '=N/(k-3)', '=act*2', '=(N', '=N)', '=eval(1)', '=min(N)', '=a;b']
  problems.push('=N.constructor', '=1e308*10', '=toString', '=__proto__', `=${'('.repeat(500)}`)
  const told = problems.map((text) => {
    const read = evaluate(text, scope)
    return 'problem' in read ? `${text.slice(0, 14)}  ${read.problem.at}: ${read.problem.message}` : read
  })
  expect(told).toEqual([
    '=  1: it ends where a number or a parameter is expected',
    '=1.5*  5: it ends where a number or a parameter is expected',
    '=2N  2: “N” follows where nothing more is expected',
    '=N*M  3: there is no parameter M',
    '=N/(k-3)  2: 64 is divided by 0',
    '=act*2  1: act is "relu", not a number to compute with',
    '=(N  3: a parenthesis is not closed',
    '=N)  2: “)” follows where nothing more is expected',
    '=eval(1)  1: there is no function eval',
    '=min(N)  1: min has 1 of its values',
    '=a;b  2: “;” does not belong there',
    '=N.constructor  2: “.” does not belong there',
    '=1e308*10  6: the result is too large',
    '=toString  1: there is no parameter toString',
    '=__proto__  1: “_” does not belong there',
    '=(((((((((((((  400: it has 501 characters, more than 400',
  ])
})

it('computes each part of a pair, and leaves other values alone', () => {
  expect(resolve(['=k', 1], scope)).toEqual({ value: [3, 1] })
  expect(resolve('same', scope)).toEqual({ value: 'same' })
  const pair = [1, 2]
  expect(resolve(pair, scope)).toEqual({ value: pair })
  expect(resolve(['=k', '=M'], scope)).toMatchObject({ problem: { at: 1 } })
})

it('renames what stands for a parameter, nowhere else', () => {
  expect(renameIn('=N*NN + min(N, 2)', 'N', 'width')).toBe('=width*NN + min(width, 2)')
  expect(renameIn(['=N', 3], 'N', 'M')).toEqual(['=M', 3])
  expect(renameIn('N', 'N', 'M')).toBe('N')
  expect(renameIn('=min(1, min)', 'min', 'x')).toBe('=min(1, x)')
  expect(namesIn(['=2*N + max(k, N)', '=a', 3])).toEqual(['N', 'k', 'N', 'a'])
})

it('puts values and other expressions in the place of names', () => {
  const cases: readonly (readonly [unknown, object, unknown])[] = [
    ['=1.5*N', { N: 64 }, 96],
    ['=N', { N: 'relu' }, 'relu'],
    [['=k', 1], { k: 3 }, [3, 1]],
    ['=k', { k: [3, 5] }, [3, 5]],
    ['=N', { N: '=M' }, '=M'],
    ['=2*N', { N: '=M+1' }, '=2*(M+1)'],
    ['=N-K', { N: '=K', K: '=N' }, '=K-N'],
    ['=N*M', { M: -2 }, '=N*(-2)'],
    ['=N/0', { N: 1 }, '=N/0'],
    ['=2N', { N: 1 }, '=2N'],
    ['same', { N: 1 }, 'same'],
  ]
  expect(cases.map(([value, given]) => substitute(value, { ...given }))).toEqual(cases.map(([, , result]) => result))
})

/** A random formula beside its value, computed while it was made. */
const formula = fc.letrec<{ tree: readonly [string, number] }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    fc.integer({ min: 0, max: 99 }).map((n) => [String(n), n] as const),
    fc.constantFrom(['N', 64] as const, ['k', 3] as const),
    fc.tuple(tie('tree'), tie('tree'), fc.constantFrom('+', '-', '*')).map(([[a, x], [b, y], sign]) => {
      const value = sign === '+' ? x + y : sign === '-' ? x - y : x * y
      return [`(${a} ${sign} ${b})`, value] as const
    }),
    fc.tuple(tie('tree'), tie('tree')).map(([[a, x], [b, y]]) => [`max(${a},${b})`, Math.max(x, y)] as const),
    tie('tree').map(([a, x]) => [`(-${a})`, -x] as const),
  ),
})).tree

it('agrees with arithmetic on random formulas, and never throws on random text', () => {
  let cases = 0
  fc.assert(
    fc.property(formula, ([text, value]) => {
      if (text.length > 390) return
      cases++
      const rounded = Number(value.toPrecision(12))
      expect(evaluate(`=${text}`, scope)).toEqual({ value: rounded })
    }),
    { numRuns: 500 },
  )
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[-+*/()., N0-9a-z]{0,40}$/)), (text) => {
      cases++
      const read = evaluate(`=${text}`, scope)
      if ('problem' in read) expect(read.problem.at).toBeGreaterThanOrEqual(1)
    }),
    { numRuns: 2000 },
  )
  console.log(`cases=${cases}`)
})
