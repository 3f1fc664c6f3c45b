import { expect, it } from 'vitest'
import { refuseNotFiniteState } from '../../../src/main/trainer/not-finite.js'

const tensor = (...values: readonly number[]) => ({ shape: [values.length], data: Float32Array.from(values) })

it('lets no state go into a checkpoint that outgrew float32, and says what to try', () => {
  const state = (value: number) => new Map(Object.entries({ 'a/kernel': tensor(1, -2), 'bn/variance': tensor(0, value) })) // prettier-ignore
  expect(() => refuseNotFiniteState(state(3), 7, 0.1)).not.toThrow()
  const bad = [NaN, Infinity, -Infinity]
  console.log(`cases=${bad.length}`)
  for (const value of bad)
    expect(() => refuseNotFiniteState(state(value), 187, 900)).toThrowError(
      expect.objectContaining({
        code: 'run/not-finite',
        message: `After step 187 a value of bn/variance is ${value}, at learning rate 900.`,
        hint: 'Try a lower learning rate, 90 for instance, or clip the gradient: values grew beyond what float32 holds.',
      }),
    )
})
