import { createExecutor } from '../../../src/main/engine/create-executor.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { initialState } from '../../../src/shared/program/initial-state.js'
import { hash, normal } from '../../../src/shared/random.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import type { DeviceName } from '../../../src/shared/training/settings.js'
import { templateOf } from '../../../src/shared/templates/index.js'
import { answers, timesOf } from './answers.js'

/** Trains a template with momentum on one batch: whole steps, nothing around them. */
const [name = '', batchText = '', device = 'onnx-cpu'] = process.argv.slice(2)
const batch = Number(batchText)
const analysis = analyze(buildTemplate(templateOf(name)!))
const executor = createExecutor(analysis, { device: device as DeviceName, optimizer: 'momentum' })
executor.setState(initialState(analysis, 1))

const values = batch * analysis.input!.shape.reduce<number>((product, size) => product * (size ?? 1), 1)
const images = Float32Array.from({ length: values }, (_, i) => normal(1, i))
const labels = Int32Array.from({ length: batch }, (_, i) => hash(2, i) % 10)

let step = 0
await answers(analysis.parameters.trainable, (steps) =>
  timesOf(steps, () => executor.run('train', { images, labels, learningRate: 0.01, step: step++, seed: 1 })),
)
