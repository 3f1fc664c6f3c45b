import { createRequire } from 'node:module'
import util from 'node:util'
import type * as Core from '@tensorflow/tfjs-core'
import type * as Layers from '@tensorflow/tfjs-layers'
import { partFor } from '../../../src/main/models/part.js'
import { tfjsFiles } from '../../../src/main/models/tfjs.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { initialState } from '../../../src/shared/program/initial-state.js'
import { hash, normal } from '../../../src/shared/random.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'
import { answers, timesOf } from './answers.js'

/**
 * Trains a template, as its tfjs export spells it, by the way that tfjs-node goes: tf.layers, one operation after the other. The
 * last argument is the built addon.
 */
const [name = '', batchText = '', addon = ''] = process.argv.slice(2)
const batch = Number(batchText)
const require = createRequire(createRequire(import.meta.url).resolve('@tensorflow/tfjs-node-gpu/package.json'))
// Asked for by tfjs-node, and gone from Node 23 on.
Object.assign(util, { isNullOrUndefined: (value: unknown) => value === undefined || value === null })
const tf = require('@tensorflow/tfjs') as typeof Core & typeof Layers
require('./dist/register_all_kernels.js')
const { NodeJSKernelBackend } = require('./dist/nodejs_kernel_backend.js') as {
  NodeJSKernelBackend: new (binding: unknown, name: string) => never
}
tf.registerBackend('tensorflow', () => new NodeJSKernelBackend(require(addon), 'bench'), 3)
if (!(await tf.setBackend('tensorflow'))) throw new Error('tfjs-node does not start.')

const analysis = analyze(buildTemplate(templateOf(name)!))
const model = await tf.loadLayersModel({ load: () => Promise.resolve(written()) })
model.compile({ optimizer: tf.train.momentum(0.01, 0.9), loss: 'sparseCategoricalCrossentropy' })
const shape = [batch, ...(analysis.input!.shape as number[])]
const count = shape.reduce((product, size) => product * size, 1)
const images = tf.tensor(
  Float32Array.from({ length: count }, (_, i) => normal(1, i)),
  shape,
)
const labels = tf.tensor(
  Float32Array.from({ length: batch }, (_, i) => hash(2, i) % 10),
  [batch, 1],
)

await answers(analysis.parameters.trainable, (steps) => timesOf(steps, () => model.trainOnBatch(images, labels)))

/** The exported model as tfjs loads it. */
function written(): Core.io.ModelArtifacts {
  const [model, ...shards] = [...tfjsFiles(partFor(analysis, 'all'), initialState(analysis, 1))]
  const { modelTopology, weightsManifest } = JSON.parse(Buffer.from(model!.bytes).toString()) as Core.io.ModelJSON
  const weightSpecs = weightsManifest.flatMap(({ weights }) => weights)
  return { modelTopology, weightSpecs, weightData: shards.map(({ bytes }) => new Uint8Array(bytes).buffer) }
}
