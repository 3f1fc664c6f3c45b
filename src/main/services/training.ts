import { rm } from 'node:fs/promises'
import type { Api, ResumeChange, RunSummary } from '../../shared/api.js'
import { parse } from '../../shared/document/file.js'
import type { Document } from '../../shared/document/document.js'
import { AppError } from '../../shared/errors.js'
import { analyze } from '../../shared/graph/analyze.js'
import type { Analysis } from '../../shared/graph/graph.js'
import type { TrainingSettings } from '../../shared/training/settings.js'
import type { Chooser } from '../trainer/devices/choose.js'
import { startTraining } from '../trainer/devices/start-training.js'
import { dataSpec } from './data.js'
import type { RunBook } from './run-book.js'
import { readEvents, readRecord } from '../trainer/run/runfolder.js'
import { wishStop } from '../trainer/run/stop-wish.js'
import { isOver, runFolder, summaryIn, summaryOf } from './run-folders.js'
import { makeRunFolder } from './run-id.js'
import { serially } from './serially.js'

interface TrainingOptions {
  readonly runsFolder: string
  readonly userHome: string
  /** Starts trainers, and finds the device where settings leave it open. */
  readonly chooser: Chooser
  readonly book: RunBook
}

/** Start, stop and resume runs: at most one at a time, each in a folder and a child process of its own. */
export function createTraining({ runsFolder, userHome, chooser, book }: TrainingOptions): Api['training'] {
  const inTurn = serially()

  async function start(text: string, wanted: TrainingSettings): Promise<{ run: string }> {
    const document = parse(text)
    const analysis = trainable(document, wanted)
    await refuseBusy(book)
    const settings = { ...wanted, data: dataSpec(wanted.data, userHome) }
    const { id, folder } = await makeRunFolder(runsFolder, document.name, new Date())
    const summary = startingSummary(id, document, analysis, settings)
    const started = book.follow(summary, (onEvents) =>
      startTraining(chooser, { kind: 'train', document: text, settings, folder }, onEvents),
    )
    await started.catch(async (error: unknown) => {
      await rm(folder, { recursive: true, force: true }) // it never began: nothing worth keeping
      throw error
    })
    return { run: id }
  }

  async function resume(id: string, change: ResumeChange): Promise<void> {
    await refuseBusy(book)
    const folder = await runFolder(runsFolder, id)
    const [record, events] = [await readRecord(folder), await readEvents(folder)]
    const { error: _, ...summary } = summaryOf(id, record)
    const settings = { ...summary.settings, ...change }
    await book.follow(
      { ...summary, settings, state: 'starting' },
      (onEvents) => startTraining(chooser, { kind: 'resume', run: folder, change }, onEvents),
      { summary: summaryOf(id, record), events },
    )
  }

  /** A run that another program trains, and its folder; `run/not-found` if none does. */
  async function foreign(run: string) {
    const folder = await runFolder(runsFolder, run)
    const { state } = await summaryIn(folder)
    if (!isOver(state)) return { folder, trainer: (await readRecord(folder)).process }
    throw new AppError('run/not-found', `${run} is not training now.`, 'Only a run that goes on can be changed.')
  }

  return {
    start: (text, settings) => inTurn(() => start(text, settings)),
    async stop(run) {
      if (book.find(run)) return book.stop(run)
      await wishStop((await foreign(run)).folder)
    },
    resume: (run, change) => inTurn(() => resume(run, change)),
    async headWeights(run, weights) {
      const own = book.find(run)
      if (!own) {
        const message = `${run} is trained by another program, process ${(await foreign(run)).trainer}.`
        throw new AppError('run/busy', message, 'Stop it; then it can go on here.')
      }
      refuseStray(weights, own.summary.heads)
      book.weigh(run, weights)
    },
  }
}

/** One run at a time; one whose process is just ending is waited for. */
async function refuseBusy(book: RunBook): Promise<void> {
  const busy = book.active()
  if (!busy) return
  if (isOver(busy.summary.state)) return book.settled()
  const message = `${busy.summary.id} is still training.`
  throw new AppError('run/busy', message, 'Stop it or wait for its end; its weights are kept.')
}

function refuseStray(weights: Readonly<Record<string, number>>, heads: readonly string[]): void {
  const stray = Object.keys(weights).find((id) => !heads.includes(id))
  if (stray === undefined) return
  throw new AppError('input/invalid', `There is no head ${stray}.`, `The heads are ${heads.join(', ')}.`)
}

/** The analysis of a document that can be trained with these settings; `graph/has-errors` has every problem. */
export function trainable(document: Document, settings: Pick<TrainingSettings, 'headWeights'>): Analysis {
  const analysis = analyze(document)
  const errors = analysis.issues.filter(({ severity }) => severity === 'error')
  if (errors.length > 0) {
    const what = errors.length === 1 ? 'a problem' : `${errors.length} problems`
    const hint = 'Mend what the list of problems names; each entry says how.'
    throw new AppError(
      'graph/has-errors',
      `The net cannot be trained, it has ${what}: ${errors[0]!.message}`,
      hint,
      errors,
    )
  }
  refuseStray(
    settings.headWeights,
    analysis.heads.map(({ id }) => id),
  )
  return analysis
}

function startingSummary(id: string, document: Document, analysis: Analysis, settings: TrainingSettings): RunSummary {
  const ids = analysis.heads.map((head) => head.id)
  const heads = ids.toSorted((a, b) => Number(b === analysis.mainHead) - Number(a === analysis.mainHead))
  return { id, name: document.name, state: 'starting', started: new Date().toISOString(), settings, classes: [], heads }
}
