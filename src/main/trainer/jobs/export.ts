import type { ExportReport } from '../../../shared/api.js'
import { parse } from '../../../shared/document/file.js'
import { analyze } from '../../../shared/graph/analyze.js'
import type { Analysis } from '../../../shared/graph/graph.js'
import { DEFAULT_SETTINGS } from '../../../shared/training/settings.js'
import { createExecutor } from '../../engine/create-executor.js'
import type { Executor } from '../../engine/executor.js'
import { writeModel } from '../../models/write.js'
import type { Job } from '../jobs.js'
import { loadRun } from '../run/load-run.js'
import { sizeNet, wantedSize, type SizedNet } from '../net.js'
import { startState } from '../run/start-state.js'

type ExportJob = Extract<Job, { kind: 'export' }>

/** A net with its weights in the trainer, at a size of images that it can compute. */
interface Source {
  readonly net: SizedNet
  readonly executor: Executor
}

/** Sizes to try for a document that takes any: small enough for plain JavaScript, larger where windows need it. */
const SIZES = [64, 128, 224]

/**
 * Write the model file of a run, or of a document with the weights training would begin with, verified by another program.
 * `graph/has-errors`, `run/not-found`, `weights/…`, `export/…`, `file/exists`, `disk/…`.
 */
export async function exportModel({ run, document, format, heads, output }: ExportJob): Promise<ExportReport> {
  const { net, executor } = run === undefined ? await openDocument(document ?? '') : await loadRun(run)
  try {
    const [height, width] = net.analysis.input?.shape as [number, number]
    const analysis = openIfPossible(net)
    const weights = await executor.getState()
    return await writeModel({ analysis, weights, format, heads, output, executor, size: [height, width] })
  } finally {
    await executor.dispose()
  }
}

async function openDocument(text: string): Promise<Source> {
  const document = parse(text)
  const [height, width, channels] = wantedSize(document)
  const sizes = SIZES.map((size) => [height ?? size, width ?? size, channels] as const)
  const fitting = sizes.find((size) => !hasErrors(analyze(document, { input: size })))
  const net = sizeNet(document, fitting ?? [height ?? SIZES[0]!, width ?? SIZES[0]!, channels])
  const executor = createExecutor(net.analysis, { device: 'onnx-cpu' })
  executor.setState(await startState(net.analysis, DEFAULT_SETTINGS.seed))
  return { net, executor }
}

/** The net as drawn, so that a file may take images of any size; where a layer needs to know the size, the net at its size. */
function openIfPossible({ document, analysis }: SizedNet): Analysis {
  const drawn = analyze(document)
  return hasErrors(drawn) ? analysis : drawn
}

function hasErrors({ issues }: Analysis): boolean {
  return issues.some((issue) => issue.severity === 'error')
}
