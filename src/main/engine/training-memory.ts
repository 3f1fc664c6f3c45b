import type { Analysis } from '../../shared/graph/graph.js'
import type { StepKind } from '../../shared/program/request.js'
import { imagesAtOnce, memoryRulesOf, needOf, type MemoryNeed } from '../../shared/training/memory-need.js'
import type { DeviceName, TrainingSettings } from '../../shared/training/settings.js'
import { memoryOf, type Memory } from './step/memory.js'
import { optimize } from './step/optimize.js'
import { trace } from './trace/trace.js'

/** The settings that decide which steps a training has, and how large they are. */
export type MemorySettings = Pick<
  TrainingSettings,
  | 'batch'
  | 'optimizer'
  | 'microBatches'
  | 'averageDecay'
  | 'probeEvery'
  | 'weightDecay'
  | 'clipNorm'
  | 'clipValue'
  | 'labelSmoothing'
>

/**
 * What training a net takes on a device: every kind of step that it will have is traced, for two numbers of images, so that
 * the need is known for any. Nothing is computed and no library loaded.
 */
export function tracedNeed(analysis: Analysis, device: DeviceName, settings: MemorySettings): MemoryNeed {
  const images = imagesAtOnce(settings)
  const other = images > 1 ? Math.floor(images / 2) : 2
  const [here, there] = [stepsOf(analysis, device, settings, images), stepsOf(analysis, device, settings, other)]
  return needOf('traced', device, { ...here, perImage: (here.values - there.values) / (images - other) })
}

/** Of all kinds of steps together, for so many images. */
function stepsOf(analysis: Analysis, device: DeviceName, settings: MemorySettings, batch: number) {
  const { optimizer, microBatches, probeEvery } = settings
  const kinds: StepKind[] = ['train']
  if (microBatches > 1) kinds.push('accumulate')
  if (probeEvery > 0) kinds.push('probe')
  const steps = kinds.map((kind) => optimize(trace({ kind, analysis, optimizer, batch, rules: settings })))
  const memories = steps.map((step) => memoryOf(step, memoryRulesOf(device)))
  // They take turns over one state; what one of them leaves out of it is in another.
  const most = (of: (memory: Memory) => number) => Math.max(...memories.map(of))
  return {
    state: most(({ state }) => state),
    values: most(({ values, given }) => values + given),
    kernels: steps.reduce((sum, { nodes }) => sum + nodes.length, 0),
  }
}
