import { ready, setBackend, tensor, tidy } from '@tensorflow/tfjs-core'
import type { Analysis } from '../../../src/shared/graph/graph.js'
import type { ApplyContext, Tensor } from '../../../src/shared/layers/define.js'
import type { Executor, Feeds, StepResult, TensorMap } from '../../../src/main/engine/executor.js'
import type { StepKind } from '../../../src/shared/program/request.js'
import type { Reference } from '../../../src/main/models/verify.js'
import { tf } from '../../../src/main/engine/tf.js'
// Registers the plain loops of our own kernels with tfjs's cpu backend.
import '../../../src/main/engine/tfjs/run-step.js'
import { uniform } from '../../../src/shared/random.js'

/** Probabilities of every head by running each layer's `apply` on tfjs cpu, front to back: slow, plain, independent of the engine. */
export async function forward(
  analysis: Analysis,
  weights: TensorMap,
  [height, width]: readonly [number, number],
  count: number,
  given?: Float32Array,
): Promise<Reference> {
  await setBackend('cpu')
  await ready()
  const channels = analysis.input?.shape[2] as number
  const shape = [count, height, width, channels] as const
  const length = count * height * width * channels
  const images = given ?? Float32Array.from({ length }, (_, i) => uniform(7, i) * 2 - 0.5)
  const heads = tidy(() => {
    const outputs = new Map<string, Tensor>()
    for (const { id, layer, params, inputs } of analysis.graph.nodes) {
      const x =
        layer.type === 'input' ? [tensor(images, [...shape])] : inputs.map((from) => outputs.get(from) as Tensor)
      outputs.set(id, layer.apply(context, params, x, layerWeights(id, analysis, weights)))
    }
    return analysis.heads.map(({ id }) => {
      const logits = outputs.get(id) as Tensor
      const node = analysis.graph.nodes.find((one) => one.id === id)!
      return [id, node.layer.head!.output(tf, node.params, logits).dataSync<'float32'>().slice()] as const
    })
  })
  return { images, shape, heads: Object.fromEntries(heads) }
}

/** The executor contract on tfjs cpu: `predict` only, one batch of whole images of the size the net was made for. */
export class TfjsExecutor implements Executor {
  constructor(
    private readonly analysis: Analysis,
    private readonly weights: TensorMap,
  ) {}

  async run(_kind: StepKind, { images }: Feeds): Promise<StepResult> {
    const [height, width, channels] = this.analysis.input?.shape as [number, number, number]
    const count = images.length / (height * width * channels)
    const { heads } = await forward(this.analysis, this.weights, [height, width], count, images)
    return { heads: Object.fromEntries(Object.entries(heads).map(([id, probabilities]) => [id, { probabilities }])) }
  }

  getState = () => Promise.resolve(this.weights)
  setState = refuse
  dispose = () => Promise.resolve()
}

function refuse(): never {
  throw new Error('Only training may do this.')
}

const context: ApplyContext = { tf, training: false, update: refuse, random: refuse }

function layerWeights(id: string, analysis: Analysis, weights: TensorMap) {
  const names = Object.keys(analysis.nodes[id]?.weights ?? {})
  return Object.fromEntries(
    names.map((name) => {
      const { shape, data } = weights.get(`${id}/${name}`)!
      return [name, tensor(data, [...shape])]
    }),
  )
}
