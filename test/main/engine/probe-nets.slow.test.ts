import { expect, it } from 'vitest'
import { createExecutor } from '../../../src/main/engine/create-executor.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { initialState } from '../../../src/shared/program/initial-state.js'
import { probeReport, type ProbeReport } from '../../../src/shared/program/probe-report.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'
import type { DeviceName } from '../../../src/shared/training/settings.js'
import { batchFor } from './net.js'
import { hasTensorFlow } from './runtimes.js'

it.runIf(hasTensorFlow).each(['inception-mini', 'cifar-resnet-20', 'mobilenet-v2'])(
  'both runtimes see the same in %s',
  async (name) => {
    const template = templateOf(name)!
    const fields = Object.keys(template.params)
    const params = { ...(fields.includes('height') && { height: 64, width: 64 }) }
    const analysis = analyze(buildTemplate(template, params))
    const feeds = batchFor(analysis, 0, 4, 10)
    const look = async (device: DeviceName): Promise<ProbeReport> => {
      const executor = createExecutor(analysis, { device, optimizer: 'momentum' })
      executor.setState(initialState(analysis, 1))
      const { probe } = await executor.run('probe', feeds)
      await executor.dispose()
      return probeReport(analysis, probe!)
    }
    const [onnx, tensorflow] = [await look('onnx-cpu'), await look('tensorflow-cpu')]
    const largest = Math.max(...Object.values(onnx.weights).map(({ gradient }) => gradient!))
    for (const [weight, { gradient, norm }] of Object.entries(onnx.weights)) {
      const other = tensorflow.weights[weight]!
      // What should be zero, a bias before a batch norm for instance, is rounding.
      expect(Math.abs(gradient! - other.gradient!)).toBeLessThan(1e-2 * gradient! + 1e-5 * largest)
      expect(Math.abs(norm! - other.norm!)).toBeLessThan(1e-4 * norm! + 1e-9)
    }
    for (const [node, { output, dead, bad }] of Object.entries(onnx.nodes)) {
      const other = tensorflow.nodes[node]!
      expect(bad).toBeUndefined()
      expect(Math.abs(output! - other.output!)).toBeLessThan(1e-3 * output! + 1e-6)
      if (dead !== undefined) expect(dead).toBeCloseTo(other.dead!, 1)
    }
    console.log(`cases=${Object.keys(onnx.weights).length + Object.keys(onnx.nodes).length}`)
  },
)
