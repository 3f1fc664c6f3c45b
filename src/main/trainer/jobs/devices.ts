import { parse } from '../../../shared/document/file.js'
import { analyze } from '../../../shared/graph/analyze.js'
import type { Analysis } from '../../../shared/graph/graph.js'
import type { MemoryNeed } from '../../../shared/training/memory-need.js'
import { benchmark, type Benchmark } from '../../engine/devices/benchmark.js'
import { listDevices, probeDevice } from '../../engine/devices/probe.js'
import { engineFacts } from '../../engine/tensorflow/install/facts.js'
import { tracedNeed } from '../../engine/training-memory.js'
import type { Job } from '../jobs.js'
import { sizeNet, wantedSize } from '../net.js'

/** Side in px of images for a net that takes any: small enough to be quick, and larger where its windows need it. */
const SIDES = [64, 128, 224]

/** Multiply-adds of all images of a benchmark's step, at most: above that a step on a processor takes longer than the measurement. */
const MOST_WORK = 2e10

export const devices = () => listDevices()

export const device = (job: Extract<Job, { kind: 'device' }>) => probeDevice(job.device)

export const engine = (job: Extract<Job, { kind: 'engine' }>) => engineFacts(job.home)

/** Train a document for a while in this process. Heavy nets get fewer images a step than training will have. */
export function measureSpeed(job: Extract<Job, { kind: 'benchmark' }>): Promise<Benchmark> {
  const { optimizer, batch } = job.settings
  const analysis = sized(job.document)
  const each = analysis.multiplyAdds || 1
  const affordable = Math.max(1, Math.min(batch, Math.floor(MOST_WORK / each)))
  const { milliseconds, settings: rules } = job
  return benchmark(job.device, { analysis, optimizer, rules, batch: affordable, milliseconds })
}

/** What training a document takes on a device; its step is traced, nothing is computed. */
export async function memory({ document, device, settings }: Extract<Job, { kind: 'memory' }>): Promise<MemoryNeed> {
  return tracedNeed(sized(document), device, settings)
}

function sized(text: string): Analysis {
  const document = parse(text)
  const [height, width, channels] = wantedSize(document)
  const sizes = SIDES.map((side) => [height ?? side, width ?? side, channels] as const)
  const fits = (size: (typeof sizes)[number]) => {
    return !analyze(document, { input: size }).issues.some(({ severity }) => severity === 'error')
  }
  return sizeNet(document, sizes.find(fits) ?? sizes[0]!).analysis
}
