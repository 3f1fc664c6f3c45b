import { emitStep } from '../../../src/main/engine/onnx/emit.js'
import { blockSize } from '../../../src/main/engine/onnx/block-size.js'
import { Packing } from '../../../src/main/engine/onnx/packing.js'
import { openSession } from '../../../src/main/engine/onnx/session.js'
import { memoryOf } from '../../../src/main/engine/step/memory.js'
import { MEMORY_RULES } from '../../../src/shared/training/memory-need.js'
import { optimize } from '../../../src/main/engine/step/optimize.js'
import { trace } from '../../../src/main/engine/trace/trace.js'
import { stateOf } from '../../../src/shared/program/state.js'
import { analyze } from '../../../src/shared/graph/analyze.js'
import { buildTemplate } from '../../../src/shared/templates/define.js'
import { templateOf } from '../../../src/shared/templates/index.js'

/** Prints what it takes to get from a template to a training step that ONNX Runtime can run: ms of each part, nodes and memory. */
const [name = '', batch = '16', rounds = '5'] = process.argv.slice(2)
const analysis = analyze(buildTemplate(templateOf(name)!))
const block = await blockSize()
for (let round = 0; round < Number(rounds); round++) {
  const times: Record<string, number> = {}
  let last = performance.now()
  const took = <T>(part: string, made: T): T => {
    times[part] = performance.now() - last
    last = performance.now()
    return made
  }
  const raw = took('trace', trace({ kind: 'train', analysis, optimizer: 'momentum', batch: Number(batch) }))
  const optimized = took('passes', optimize(raw))
  const step = took('packing', new Packing(stateOf(analysis, 'momentum')).step(optimized))
  const model = took('emit', emitStep(step, { block }))
  const session = took('session', await openSession(model.bytes))
  await session.release()
  const facts = { nodes: step.nodes.length, megabytes: memoryOf(optimized, MEMORY_RULES.onnx).peak / 2 ** 20 }
  console.log(JSON.stringify({ times, ...facts }))
}
