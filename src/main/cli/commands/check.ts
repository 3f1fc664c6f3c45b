import { AppError } from '../../../shared/errors.js'
import { analyze } from '../../../shared/graph/analyze.js'
import type { MemorySettings } from '../../../shared/program/memory.js'
import { paperCheck } from '../../../shared/templates/paper-check.js'
import { DEFAULT_SETTINGS, OPTIMIZERS } from '../../../shared/training/settings.js'
import { oneArgument, readDocument } from '../arguments.js'
import { defineCommand } from '../command.js'
import { describeCheck, plainCheck } from '../check-text.js'
import { jsonLine } from '../text.js'

export const check = defineCommand({
  name: 'check',
  doc: 'Show shapes, parameters, multiply-adds, receptive fields, memory and problems of a document.',
  usage: '<file> [--input HxWxC] [--batch N] [--optimizer NAME] [--precision NAME] [--json]',
  options: {
    input: { kind: 'text', value: 'HxWxC', doc: 'Size of the images, instead of what the document says.' },
    batch: {
      kind: 'count',
      value: 'N',
      doc: `Images at a time, for the memory; ${DEFAULT_SETTINGS.batch} if left out.`,
    },
    optimizer: { kind: 'text', value: 'NAME', doc: `Optimizer, for the memory: ${OPTIMIZERS.join(', ')}.` },
    precision: {
      kind: 'text',
      value: 'NAME',
      doc: 'Precision, for the memory: float32, in which Netwright trains, or float16 as elsewhere.',
    },
    json: { kind: 'flag', doc: 'Print JSON.' },
  },
  async run({ values, rest }, world) {
    const { document } = await readDocument(oneArgument(rest, 'file'), world)
    const bytesPerValue = bytesOf(values.precision)
    const memory = {
      ...memorySettings({ ...document.training, ...defined(values) }),
      ...(bytesPerValue && { bytesPerValue }),
    }
    const analysis = analyze(document, values.input === undefined ? {} : { input: readSize(values.input) })
    // The paper's numbers hold for the size that the document says.
    const paper = paperCheck(document, values.input === undefined ? analysis : analyze(document))
    const checked = { document, analysis, memory, paper }
    world.out(values.json ? jsonLine(plainCheck(checked)) : describeCheck(checked))
    return analysis.issues.some(({ severity }) => severity === 'error') ? 1 : 0
  },
})

function readSize(text: string): readonly [number, number, number] {
  const [, height, width, channels] = /^(\d+)x(\d+)x(\d+)$/.exec(text) ?? []
  const size = [Number(height), Number(width), Number(channels)] as const
  if (size.every((extent) => Number.isSafeInteger(extent) && extent > 0 && extent <= 65_536)) return size
  const hint = 'Write height, width and channels, each 1 to 65,536: --input 224x224x3.'
  throw new AppError('input/invalid', `--input cannot be ${text}.`, hint)
}

function defined({ batch, optimizer }: { batch?: number | undefined; optimizer?: string | undefined }) {
  if (batch === 0) throw new AppError('input/invalid', '--batch cannot be 0.', 'Write 1 or more.')
  if (optimizer !== undefined && !OPTIMIZERS.some((name) => name === optimizer)) {
    throw new AppError('input/invalid', `There is no optimizer ${optimizer}.`, `They are ${OPTIMIZERS.join(', ')}.`)
  }
  return { ...(batch !== undefined && { batch }), ...(optimizer !== undefined && { optimizer }) }
}

/** Bytes of one value in a precision. */
function bytesOf(precision: string | undefined): 2 | 4 | undefined {
  if (precision === undefined) return undefined
  if (precision === 'float32' || precision === 'float16') return precision === 'float32' ? 4 : 2
  throw new AppError('input/invalid', `There is no precision ${precision}.`, 'They are float32 and float16.')
}

/** Batch and optimizer as asked for, else as the document remembers them. */
function memorySettings({ batch, optimizer }: Readonly<Record<string, unknown>>): MemorySettings {
  const isCount = typeof batch === 'number' && Number.isSafeInteger(batch) && batch > 0
  return {
    batch: isCount ? batch : DEFAULT_SETTINGS.batch,
    optimizer: OPTIMIZERS.find((name) => name === optimizer) ?? DEFAULT_SETTINGS.optimizer,
  }
}
