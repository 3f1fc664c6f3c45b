import { describe, expect, it } from 'vitest'
import type { AppError } from '../../../src/shared/errors.js'
import { settingsFrom } from '../../../src/shared/training/check-settings.js'
import { DEFAULT_SETTINGS } from '../../../src/shared/training/settings.js'

const refusals: readonly [given: Record<string, unknown>, message: string, hint: RegExp][] = [
  [{ batch: 0 }, 'batch cannot be 0.', /^Choose 1 or more\.$/],
  [{ batch: 1.5 }, 'batch cannot be 1.5.', /whole number/],
  [{ batch: 70_000 }, 'batch cannot be 70000.', /^Choose 65536 or less\.$/],
  [{ validationShare: 0.95 }, 'validationShare cannot be 0.95.', /^Choose 0\.9 or less\.$/],
  [
    { optimizer: 'descent' },
    'optimizer cannot be "descent".',
    /^Choose one of sgd, momentum, nesterov, rmsprop, adam, adamw/,
  ],
  [{ labelSmoothing: 1 }, 'labelSmoothing cannot be 1.', /^Choose 0\.99 or less\.$/],
  [{ weightDecay: -1 }, 'weightDecay cannot be -1.', /^Choose 0 or more\.$/],
  [{ device: 'abacus' }, 'device cannot be "abacus".', /^Choose one of auto, onnx-cpu/],
  [{ shuffle: 'yes' }, 'shuffle cannot be "yes".', /boolean/],
  [{ headWeights: { main: -1 } }, 'headWeights.main cannot be {"main":-1}.', /^Choose 0 or more\.$/],
]

describe('settings', () => {
  it('fill what is left out with defaults, and ignore what they do not know', () => {
    expect(settingsFrom({ batch: 8, colour: 'red' }, { batch: 16, epochs: undefined })).toEqual({
      ...DEFAULT_SETTINGS,
      batch: 16,
    })
  })

  it('say what is wrong and what would be right', () => {
    for (const [given, message, hint] of refusals) {
      const error = thrown(() => settingsFrom(given))
      expect(error).toMatchObject({ code: 'input/invalid', message })
      expect(error.hint).toMatch(hint)
    }
    console.log(`cases=${refusals.length}`)
  })
})

function thrown(run: () => unknown): AppError {
  try {
    run()
  } catch (error) {
    return error as AppError
  }
  throw new Error('nothing was refused')
}
