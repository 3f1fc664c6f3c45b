import { tf } from '../../src/main/engine/tf.js'
// Registers the plain loops of our own kernels with tfjs's cpu backend.
import '../../src/main/engine/tfjs/run-step.js'
import type { Layer, LayerExample } from '../../src/shared/layers/define.js'
import { defaultsOf, type Fields } from '../../src/shared/layers/fields.js'
import { layers } from '../../src/shared/layers/index.js'
import { normal, uniform } from '../../src/shared/random.js'

/** Height and width of examples that take any size. */
const OPEN = [6, 5]

/** A tensor for a judge: its values row by row. */
export interface Values {
  readonly shape: readonly number[]
  readonly data: readonly number[]
}

/** A layer with an example, random inputs and weights, and what it makes of them outside training. */
export interface LayerCase {
  readonly id: string
  readonly layer: Layer
  readonly params: Readonly<Record<string, unknown>>
  readonly inputs: readonly Values[]
  readonly weights: Readonly<Record<string, Values>>
  readonly output: Values
}

/** Every layer with each of its examples, two images each; the input has nothing to compute. */
export async function layerCases(): Promise<readonly LayerCase[]> {
  await tf.setBackend('cpu')
  const examples = layers.filter(({ inputs }) => inputs !== 'none').flatMap((layer) => layer.examples.map((e, i) => [layer, e, i] as const)) // prettier-ignore
  return examples.map(([layer, example, i], at) => caseOf(layer, example, `${layer.type}/${i}`, at))
}

function caseOf(layer: Layer, example: LayerExample<unknown>, id: string, seed: number): LayerCase {
  const params = { ...defaultsOf(layer.params as Fields), ...example.params }
  const sized = example.inputs.map((shape) => shape.map((extent, side) => extent ?? OPEN[side]!))
  const inputs = sized.map((shape, i) => valuesOf([2, ...shape], (at) => 3 * uniform(seed, i, at) - 1.5))
  const specs = Object.entries(layer.weights?.(params, example.inputs) ?? {})
  const weights = Object.fromEntries(
    specs.map(([name, { shape }], i) => {
      const value = (at: number) =>
        name === 'moving_variance' ? 0.5 + uniform(seed, 9, i, at) : 0.5 * normal(seed, 9 + i, at)
      return [name, valuesOf(shape, value)]
    }),
  )
  const context = { tf, training: false, update: refuse, random: refuse }
  const tensors = Object.fromEntries(Object.entries(weights).map(([name, values]) => [name, tensorOf(values)]))
  const made = layer.apply(context, params, inputs.map(tensorOf), tensors)
  const seen = layer.head ? layer.head.output(tf, params, made) : made
  return { id, layer, params, inputs, weights, output: { shape: seen.shape, data: [...seen.dataSync()] } }
}

function valuesOf(shape: readonly number[], value: (at: number) => number): Values {
  const length = shape.reduce((product, size) => product * size, 1)
  return { shape, data: Array.from({ length }, (_, at) => Math.fround(value(at))) }
}

function tensorOf({ shape, data }: Values) {
  return tf.tensor(Float32Array.from(data), [...shape])
}

function refuse(): never {
  throw new Error('Only training may do this.')
}
