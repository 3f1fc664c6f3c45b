import type { Document } from '../../shared/document/document.js'
import { parse } from '../../shared/document/file.js'
import { AppError } from '../../shared/errors.js'
import { analyze } from '../../shared/graph/analyze.js'
import type { Analysis, HeadFacts } from '../../shared/graph/graph.js'
import type { DataOptions, Dataset } from '../data/dataset.js'

export interface NetHead {
  readonly id: string
  /** Outputs: one for each class, or a single number. */
  readonly classes: number
  readonly predicts: HeadFacts['predicts']
  /** Weight of its loss, as its node says. */
  readonly weight: number
}

/** A document that can be run on images of one size. */
export interface SizedNet {
  readonly document: Document
  readonly analysis: Analysis
  /** The main head first. */
  readonly heads: readonly NetHead[]
}

/** Size that a document's input asks of images, `null` where it takes any; `graph/has-errors` and errors of the file. */
export function wantedSize(document: Document): NonNullable<DataOptions['shape']> {
  const analysis = analyze(document)
  const shape = analysis.input?.shape
  const open = shape?.some((extent) => extent === null) ?? false
  if (!open) refuseErrors(analysis)
  if (shape?.length !== 3) throw new AppError('graph/has-errors', 'The net has no image input.', 'Add an Input node.')
  return [shape[0] ?? null, shape[1] ?? null, shape[2] as number]
}

/** The net of a document for images of this size; `graph/has-errors` with every problem. */
export function sizeNet(document: Document, shape: readonly [number, number, number]): SizedNet {
  const analysis = analyze(document, { input: shape })
  refuseErrors(analysis)
  const heads = analysis.heads.map(({ id, shape, predicts, weight }) => {
    return { id, classes: shape?.at(-1) ?? 0, predicts, weight }
  })
  heads.sort((a, b) => Number(b.id === analysis.mainHead) - Number(a.id === analysis.mainHead))
  return { document, analysis, heads }
}

/** Parse, analyze and size in one: for a run whose image size is known. */
export function readNet(text: string, shape: readonly [number, number, number]): SizedNet {
  return sizeNet(parse(text), shape)
}

function refuseErrors({ issues }: Analysis): void {
  const errors = issues.filter((issue) => issue.severity === 'error')
  const [first] = errors
  if (!first) return
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : ''
  const where = first.where.node === undefined ? '' : `${first.where.node}: `
  throw new AppError('graph/has-errors', `The net has problems: ${where}${first.message}${more}`, first.hint, errors)
}

/** Images of a class that make it unlikely that another one is absent by chance. */
const ENOUGH = 10

/**
 * Class names for every output of the heads that choose among classes; `data/class-count` if data and heads do not fit. Where classes are known only by
 * their numbers and the images are few, some may be absent: they get their number as a name.
 */
export function classesFor(dataset: Dataset, heads: readonly NetHead[]): readonly string[] {
  const { classes, named, train, title } = dataset
  const choosing = heads.filter(({ predicts }) => predicts === 'classes')
  for (const head of choosing) {
    const few = !named && train.count < ENOUGH * head.classes
    if (classes.length === head.classes || (few && classes.length < head.classes)) continue
    throw new AppError(
      'data/class-count',
      `${title} has ${classes.length} classes, but the head "${head.id}" has ${head.classes} outputs.`,
      `Give the layer before "${head.id}" ${classes.length} units, or choose other data.`,
    )
  }
  const outputs = choosing[0]?.classes ?? classes.length
  return Array.from({ length: outputs }, (_, i) => classes[i] ?? String(i))
}

/** Weight of every head's loss: what its node says, unless the settings name it; `input/invalid` for a head that is not there. */
export function headWeightsFor(
  heads: readonly NetHead[],
  named: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> {
  const own = Object.fromEntries(heads.map(({ id, weight }) => [id, weight]))
  const stray = Object.keys(named).find((id) => !Object.hasOwn(own, id))
  if (stray === undefined) return { ...own, ...named }
  throw new AppError('input/invalid', `There is no head "${stray}".`, `The heads are ${Object.keys(own).join(', ')}.`)
}
