import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { ExportFormat, ExportHeads, ExportReport } from '../../shared/api.js'
import type { Analysis } from '../../shared/graph/graph.js'
import type { Executor, TensorMap } from '../engine/executor.js'
import { writeAtomic } from '../storage/atomic.js'
import { onnxDropped, onnxFile } from './onnx.js'
import { partFor, type NetPart } from './part.js'
import { placeWhenDone, refuseFolder, refuseForeignFolder } from './place.js'
import { tfjsFiles } from './tfjs.js'
import { verifyOnnx } from './verify-onnx.js'
import { verifyTfjs } from './verify-tfjs.js'
import { referenceOf, type Reference, type Verdict } from './verify.js'

export interface ModelRequest {
  readonly analysis: Analysis
  readonly weights: TensorMap
  readonly format: ExportFormat
  readonly heads: ExportHeads
  /** A `.onnx` file, or a folder for TensorFlow.js; an earlier model there is replaced. */
  readonly output: string
  /** The trainer with these weights: its `predict` step says what the file must compute. */
  readonly executor: Executor
  /** Height and width of the images of the comparison, where the net takes any size. */
  readonly size: readonly [number, number]
}

type Written = Pick<ExportReport, 'files' | 'dropped'> & Verdict

/**
 * Write a model, open it with another program, compare, and only then put it in its place.
 * `export/unsupported`, `export/not-equal`, `weights/mismatch`, `file/exists`, `disk/…`; what stood there stays then.
 */
export async function writeModel(request: ModelRequest): Promise<ExportReport> {
  const { analysis, format, heads, output } = request
  const part = partFor(analysis, heads)
  const write = format === 'onnx' ? writeOnnx : writeTfjs
  const { files, dropped, judge, images, largestDifference } = await write(request, part)
  return { format, path: output, files, heads: part.heads, dropped, judge, images, largestDifference }
}

async function writeOnnx(request: ModelRequest, part: NetPart): Promise<Written> {
  await refuseFolder(request.output)
  const bytes = onnxFile(part, request.weights)
  const reference = await referenceFor(request, part, 8)
  return placeWhenDone(request.output, async (path) => {
    await writeAtomic(path, bytes)
    const verdict = await verifyOnnx(path, reference)
    const name = request.output.split(/[\\/]/).pop() as string
    return { ...verdict, files: [{ name, bytes: bytes.length }], dropped: onnxDropped(part) }
  })
}

async function writeTfjs(request: ModelRequest, part: NetPart): Promise<Written> {
  await refuseForeignFolder(request.output)
  const model = tfjsFiles(part, request.weights)
  return placeWhenDone(request.output, async (folder) => {
    await mkdir(folder)
    const files = []
    for (const { name, bytes } of model) {
      await writeAtomic(join(folder, name), bytes)
      files.push({ name, bytes: bytes.length })
    }
    const verdict = await verifyTfjs(folder, await referenceFor(request, part, imagesForTfjs(part)))
    return { ...verdict, files, dropped: part.unused }
  })
}

/** Plain JavaScript computes some 100 million multiply-adds a second: 8 images of a small net, one of a large one. */
function imagesForTfjs({ multiplyAdds }: NetPart): number {
  return Math.max(1, Math.min(8, Math.floor(1e9 / Math.max(1, multiplyAdds))))
}

function referenceFor(request: ModelRequest, { input, heads }: NetPart, count: number): Promise<Reference> {
  const [height, width] = request.size
  const size = [input.shape[0] ?? height, input.shape[1] ?? width, input.shape[2] as number] as const
  return referenceOf(request.executor, size, heads, count)
}
