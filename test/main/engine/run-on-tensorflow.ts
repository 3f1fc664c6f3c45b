import type { HostTensor } from '../../../src/main/engine/executor.js'
import { specOf, type Step, type ValueId } from '../../../src/main/engine/step/step.js'
import { openCApi } from '../../../src/main/engine/tensorflow/c-api.js'
import { emitStep } from '../../../src/main/engine/tensorflow/emit.js'
import { requireTensorFlow } from '../../../src/main/engine/tensorflow/library.js'
import { TfSession } from '../../../src/main/engine/tensorflow/session.js'
import { Variables } from '../../../src/main/engine/tensorflow/variables.js'
import type { StepFeeds, StepValues } from '../../../src/main/engine/tfjs/run-step.js'

/** A step compiled by TensorFlow, run once and closed. */
export async function runOnTensorFlow(step: Step, feeds: StepFeeds): Promise<StepValues> {
  const session = new TfSession(openCApi(requireTensorFlow('tensorflow')), { gpu: false })
  const valuesOf = (name: string) => feeds.get(name)!.data
  const entries = step.state.map(({ name, value }) => ({
    name,
    shape: shapeOf(step, value),
    role: 'trainable' as const,
    init: { kind: 'constant', value: 0 } as const,
  }))
  const variables = new Variables(session, entries)
  variables.set(new Map(entries.map(({ name, shape }) => [name, { shape, data: Float32Array.from(valuesOf(name)) }])))
  const emitted = emitStep(step, 'step')
  session.add(emitted.bytes)
  const fed = emitted.inputs.map((input) => ({ ...input, values: valuesOf(input.name) }))
  const fetches = step.outputs.map(({ name, value }) => {
    return { port: emitted.outputs[name]!, dtype: specOf(step, value).dtype }
  })
  const results = await session.run(fed, fetches, emitted.update === undefined ? [] : [emitted.update])
  const changed = new Set(step.state.filter(({ next }) => next !== undefined).map(({ name }) => name))
  const state = new Map([...variables.get()].filter(([name]) => changed.has(name)))
  session.dispose()
  const outputs = step.outputs.map(({ name, value }, i): [string, HostTensor] => {
    return [name, { shape: shapeOf(step, value), data: Float32Array.from(results[i]!) }]
  })
  return { outputs: new Map(outputs), state }
}

function shapeOf(step: Step, value: ValueId): readonly number[] {
  return specOf(step, value).shape
}
