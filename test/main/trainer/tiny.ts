import { join } from 'node:path'
import { print } from '../../../src/shared/document/file.js'
import type { TrainingEvent } from '../../../src/shared/training/events.js'
import { DEFAULT_SETTINGS, type TrainingSettings } from '../../../src/shared/training/settings.js'
import { hash } from '../../../src/shared/random.js'
import { bytesNpy, folderOf, zip } from '../data/writers.js'
import { net } from '../models/nets.js'

/** Text of a net with two heads that trains in milliseconds: 6x6 images of one channel, three classes. */
export function tinyDocument({ classes = 3, norm = true, channels = 1, dropout = false } = {}): string {
  const units = { units: classes }
  return print(
    net(
      ['image', 'input', { height: 6, width: 6, channels }],
      ['conv', 'conv2d', { filters: 4, kernel: [3, 3], stride: [2, 2] }, 'image'],
      ...(norm ? ([['norm', 'batch_norm', {}, 'conv']] as const) : []),
      ['act', 'relu', {}, norm ? 'norm' : 'conv'],
      ['flat', 'flatten', {}, 'act'],
      ['early', 'dense', units, 'flat'],
      ['aux', 'head', { weight: 0.3 }, 'early'],
      ['hidden', 'dense', { units: 8 }, 'flat'],
      ['bend', 'relu', {}, 'hidden'],
      ...(dropout ? ([['drop', 'dropout', { rate: 0.3 }, 'bend']] as const) : []),
      ['logits', 'dense', units, dropout ? 'drop' : 'bend'],
      ['main', 'head', {}, 'logits'],
    ),
  )
}

/** Pixels of an image of class `label`: bright in its own third, with noise. */
export function tinyImage(index: number, label: number): number[] {
  return Array.from({ length: 36 }, (_, p) => (Math.floor(p / 12) === label ? 160 : 40) + (hash(index, p) % 60))
}

/** Path of an `.npz` with so many images for training and a few for validation, classes in turn. */
export async function tinyData(train = 24, test = 9): Promise<string> {
  const part = (count: number, first: number) => {
    const labels = Array.from({ length: count }, (_, i) => i % 3)
    return [
      bytesNpy(
        [count, 6, 6, 1],
        labels.flatMap((label, i) => tinyImage(first + i, label)),
      ),
      bytesNpy([count], labels),
    ] as const
  }
  const [x, y] = part(train, 0)
  const [xTest, yTest] = part(test, 1000)
  const own =
    test > 0
      ? ([
          ['x_test.npy', xTest],
          ['y_test.npy', yTest],
        ] as const)
      : []
  return join(await folderOf({ 'tiny.npz': zip([['x_train.npy', x], ['y_train.npy', y], ...own]) }), 'tiny.npz')
}

export function tinySettings(data: string, change: Partial<TrainingSettings> = {}): TrainingSettings {
  return { ...DEFAULT_SETTINGS, data, batch: 8, epochs: 2, augment: false, learningRate: 0.05, ...change }
}

/** A job context that records events, and asks to stop once `stopAfter` steps were told. */
export function recorder(stopAfter = Infinity) {
  const events: TrainingEvent[] = []
  const steps = () => events.filter((event) => event.type === 'step').length
  return {
    events,
    send: (more: readonly TrainingEvent[]) => void events.push(...more),
    stopped: () => steps() >= stopAfter,
  }
}
