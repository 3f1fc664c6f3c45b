import { basename, resolve } from 'node:path'
import type { ExportFormat, ExportHeads, ExportReport } from '../../../shared/api.js'
import { AppError } from '../../../shared/errors.js'
import { DOCUMENT_SUFFIX } from '../../services/documents.js'
import { findRun, oneArgument, readDocument } from '../arguments.js'
import { defineCommand, type Surroundings } from '../command.js'
import { jsonLine, thousands } from '../text.js'

export const exportModel = defineCommand({
  name: 'export',
  doc: 'Write a run, or a document with fresh weights, as a model file and verify it.',
  usage: '<run|file> --format onnx|tfjs [--heads all|main] [-o PATH] [--json]',
  options: {
    format: { kind: 'text', value: 'FORMAT', doc: 'onnx (one file) or tfjs (a folder).' },
    heads: { kind: 'text', value: 'HEADS', doc: 'all or main; all if left out.' },
    output: { kind: 'text', short: 'o', value: 'PATH', doc: 'Where to write; beside you under the name of the run.' },
    json: { kind: 'flag', doc: 'Print JSON.' },
  },
  async run({ values, rest }, world) {
    const what = oneArgument(rest, 'run or file')
    const format = oneOf<ExportFormat>('--format', values.format, ['onnx', 'tfjs'])
    const heads = oneOf<ExportHeads>('--heads', values.heads ?? 'all', ['all', 'main'])
    const stem = basename(what).replace(new RegExp(`(${DOCUMENT_SUFFIX.replaceAll('.', '\\.')}|\\.json)$`), '')
    const output = resolve(world.folder, values.output ?? (format === 'onnx' ? `${stem}.onnx` : `${stem}-tfjs`))
    const report = await world.launcher.run({ kind: 'export', ...(await source(what, world)), format, heads, output })
      .result
    world.out(values.json ? jsonLine(report) : describe(report))
    return 0
  },
})

/** A run if there is one of that name, else a document. */
async function source(what: string, world: Surroundings): Promise<{ run: string } | { document: string }> {
  const run = await findRun(what, world).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'run/not-found') return undefined
    throw error
  })
  return run === undefined ? { document: (await readDocument(what, world)).text } : { run }
}

function oneOf<T extends string>(option: string, value: string | undefined, choices: readonly T[]): T {
  const found = choices.find((choice) => choice === value)
  if (found !== undefined) return found
  const message = value === undefined ? `${option} is missing.` : `${option} cannot be ${value}.`
  throw new AppError('input/invalid', message, `Write ${option} ${choices.join(` or ${option} `)}.`)
}

function describe({ path, files, heads, dropped, judge, images, largestDifference }: ExportReport): string {
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
  return [
    `${path}: ${files.length === 1 ? '1 file' : `${files.length} files`}, ${thousands(bytes)} bytes`,
    `heads: ${heads.join(', ')}`,
    ...(dropped.length > 0 ? [`left out: ${dropped.join(', ')}`] : []),
    `checked with ${judge} on ${images} images: largest difference ${largestDifference.toExponential(1)}`,
    '',
  ].join('\n')
}
