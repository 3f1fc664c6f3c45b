import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { writeSafetensors } from '../../../src/main/models/safetensors.js'
import { predict } from '../../../src/main/trainer/jobs/predict.js'
import { train } from '../../../src/main/trainer/jobs/train.js'
import { print } from '../../../src/shared/document/file.js'
import { folderOf, npy, npyHeader, zip } from '../data/writers.js'
import type { DeviceName } from '../../../src/shared/training/settings.js'
import { hasTensorFlow } from '../engine/runtimes.js'
import { graphOf, type Short } from '../../shared/graph-of.js'
import { recorder, tinySettings } from './tiny.js'

type Rows = Readonly<Record<string, readonly (readonly number[])[]>>

/** The parts of a file of `test/files/oracles` that a user would have as files; numbers are PyTorch 2.15's and Keras 3.15's. */
interface Oracle {
  readonly nodes: Readonly<Record<string, Short>>
  readonly images: string
  readonly labels: readonly number[]
  readonly initial: Readonly<Record<string, { readonly shape: readonly number[]; readonly float32: string }>>
  /** Of the weighted losses of all heads, before the first update. */
  readonly gradients: Readonly<Record<string, { readonly float32: string }>>
  readonly losses: Readonly<Record<'sgd' | 'adam', Readonly<Record<string, readonly number[]>>>>
  readonly probabilities: Readonly<Record<'afterSgd' | 'afterAdam', Rows>>
}

const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'))

/** Document, data and weights of a case as files. */
async function filesOf(name: string) {
  const text = await readFile(new URL(`../../files/oracles/${name}.json`, import.meta.url), 'utf8')
  const oracle = JSON.parse(text) as Oracle
  const document = graphOf(oracle.nodes)
  const input = Object.values(document.nodes).find(({ type }) => type === 'input')!.params
  const shape = [oracle.labels.length, input['height'], input['width'], input['channels']] as number[]
  const x = npy(npyHeader('<f4', shape), bytes(oracle.images))
  const y = npy(npyHeader('<i4', [oracle.labels.length]), new Uint8Array(Int32Array.from(oracle.labels).buffer))
  const root = await folderOf({
    'data.npz': zip([
      ['x_train.npy', x],
      ['y_train.npy', y],
    ]),
  })
  const weights = join(root, 'start.safetensors')
  const tensors = Object.entries(oracle.initial).map(
    ([key, { shape, float32 }]) => [key, { shape, data: new Float32Array(bytes(float32).buffer) }] as const,
  )
  await writeSafetensors(weights, new Map(tensors))
  return { oracle, document: print(document), data: join(root, 'data.npz'), weights, folder: join(root, 'run') }
}

const devices: readonly DeviceName[] = hasTensorFlow ? ['onnx-cpu', 'tensorflow-cpu'] : ['onnx-cpu']
const trainings = devices.flatMap((device) => ['a_plain', 'c_inception'].map((name) => [name, device] as const))

describe.each(trainings)('%s from files on %s: weights, npz, run folder', (name, device) => {
  it.each([
    ['momentum', 0.01, 'sgd', 'afterSgd', 1e-5, 1e-4],
    ['adam', 0.001, 'adam', 'afterAdam', 1e-4, 1e-3],
  ] as const)(
    '%s has the gradients and losses and ends with the probabilities of PyTorch and Keras',
    async (optimizer, learningRate, key, after, near, far) => {
      const { oracle, document, data, weights, folder } = await filesOf(name)
      const context = recorder()
      const settings = tinySettings(data, {
        device,
        optimizer,
        learningRate,
        batch: 4,
        steps: 10,
        shuffle: false,
        probeEvery: 10,
      })
      await train({ kind: 'train', document, settings, weights, folder }, context)
      const steps = context.events.filter((event) => event.type === 'step')
      expect(steps).toHaveLength(10)
      for (const [i, step] of steps.entries()) {
        const losses = Object.entries(step.heads).map(([id, { loss }]): [string, number] => [id, loss])
        for (const [id, loss] of [...losses, ['total', step.loss] as const]) {
          const expected = oracle.losses[key][id]![i]!
          expect(Math.abs(loss - expected) / Math.max(1, Math.abs(expected))).toBeLessThan(near)
        }
      }
      const [look] = context.events.filter((event) => event.type === 'probe')
      expect(Object.keys(look!.weights).sort()).toEqual(Object.keys(oracle.gradients).sort())
      for (const [weight, { float32 }] of Object.entries(oracle.gradients)) {
        const norm = Math.hypot(...new Float32Array(bytes(float32).buffer))
        expect(Math.abs(look!.weights[weight]!.gradient! - norm) / norm).toBeLessThan(1e-4)
      }
      console.log(
        `cases=${steps.length * (Object.keys(steps[0]!.heads).length + 1) + Object.keys(look!.weights).length}`,
      )
      const { heads } = await predict({ kind: 'predict', run: folder, source: { kind: 'data', spec: data } })
      const expected = oracle.probabilities[after]
      expect(Object.keys(heads).sort()).toEqual(Object.keys(expected).sort())
      for (const [id, rows] of Object.entries(expected)) {
        const actual = heads[id]!.flat()
        rows.flat().forEach((p, i) => expect(Math.abs(p - actual[i]!)).toBeLessThan(far))
      }
    },
  )
})
