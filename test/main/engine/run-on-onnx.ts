import type { Tensor as OnnxTensor } from 'onnxruntime-node'
import type { HostTensor } from '../../../src/main/engine/executor.js'
import { specOf, type Step } from '../../../src/main/engine/step/step.js'
import type { StepFeeds, StepValues } from '../../../src/main/engine/tfjs/run-step.js'
import { emitStep, stateLayout } from '../../../src/main/engine/onnx/emit.js'
import type { Layout } from '../../../src/main/engine/onnx/emitter.js'
import { permute, storedShape } from '../../../src/main/engine/onnx/layout.js'
import { loadRuntime, type OnnxDevice } from '../../../src/main/engine/onnx/runtime.js'
import { openSession } from '../../../src/main/engine/onnx/session.js'

/** A step compiled by ONNX Runtime, run once and closed. */
export async function runOnOnnx(
  step: Step,
  feeds: StepFeeds,
  device: OnnxDevice = 'onnx-cpu',
  block = 1,
): Promise<StepValues> {
  const onnx = emitStep(step, { block })
  const session = await openSession(onnx.bytes, { device, onHost: onnx.extended })
  const { Tensor } = await loadRuntime(device)
  const inputs: Record<string, OnnxTensor> = {}
  for (const { name, shape, dtype } of onnx.inputs) {
    inputs[name] = new Tensor(dtype as 'float32', feeds.get(name)?.data as Float32Array, shape)
  }
  for (const { name, value } of step.state) {
    const { shape } = specOf(step, value)
    const layout = stateLayout(shape, block)
    const data = permute(feeds.get(name)?.data as Float32Array, shape, layout, 'store')
    inputs[name] = new Tensor('float32', data, storedShape(shape, layout))
  }
  const results = await session.run(inputs)
  await session.release()
  const read = (output: string, shape: readonly number[], layout: Layout): HostTensor => {
    const data = Float32Array.from(results[output]?.data as Float32Array)
    return { shape, data: permute(data, shape, layout, 'load') }
  }
  const layoutOf = (name: string, shape: readonly number[]): Layout =>
    shape.length !== 4 ? 'plain' : onnx.filters.has(name) ? 'filter' : 'image'
  return {
    outputs: new Map(
      step.outputs.map(({ name, value }) => {
        const { shape } = specOf(step, value)
        return [name, read(onnx.outputs[name] as string, shape, layoutOf(name, shape))]
      }),
    ),
    state: new Map(
      step.state.flatMap(({ name, value }) => {
        const output = onnx.state.find((port) => port.name === name)?.output
        const { shape } = specOf(step, value)
        return output === undefined ? [] : [[name, read(output, shape, stateLayout(shape, block))]]
      }),
    ),
  }
}
