import { rm } from 'node:fs/promises'
import type { Api, RunSummary } from '../../shared/api.js'
import { parse } from '../../shared/document/file.js'
import type { Document } from '../../shared/document/document.js'
import { AppError } from '../../shared/errors.js'
import { analyze } from '../../shared/graph/analyze.js'
import type { Analysis } from '../../shared/graph/graph.js'
import type { TrainingSettings } from '../../shared/training/settings.js'
import type { Launcher } from '../trainer/jobs.js'
import { dataSpec } from './data.js'
import type { RunBook } from './run-book.js'
import { isOver } from './run-folders.js'
import { makeRunFolder } from './run-id.js'
import { serially } from './serially.js'

interface TrainingOptions {
  readonly runsFolder: string
  readonly userHome: string
  readonly launcher: Launcher
  readonly book: RunBook
}

/** Start and stop runs: at most one at a time, each in a folder and a child process of its own. */
export function createTraining({ runsFolder, userHome, launcher, book }: TrainingOptions): Api['training'] {
  const inTurn = serially()

  async function start(text: string, wanted: TrainingSettings): Promise<{ run: string }> {
    const document = parse(text)
    const analysis = trainable(document, wanted)
    const busy = book.active()
    if (busy && isOver(busy.summary.state)) await book.settled()
    else if (busy) {
      const message = `${busy.summary.id} is still training.`
      throw new AppError('run/busy', message, 'Stop it or wait for its end; its weights are kept.')
    }
    const settings = { ...wanted, data: dataSpec(wanted.data, userHome) }
    const { id, folder } = await makeRunFolder(runsFolder, document.name, new Date())
    const summary = startingSummary(id, document, analysis, settings)
    const started = book.follow(summary, (onEvents) =>
      launcher.run({ kind: 'train', document: text, settings, folder }, onEvents),
    )
    await started.catch(async (error: unknown) => {
      await rm(folder, { recursive: true, force: true }) // it never began: nothing worth keeping
      throw error
    })
    return { run: id }
  }

  return {
    start: (text, settings) => inTurn(() => start(text, settings)),
    stop(run) {
      if (!book.find(run)) {
        throw new AppError('run/not-found', `${run} is not training now.`, 'Only a run that goes on can be stopped.')
      }
      book.stop(run)
      return Promise.resolve()
    },
  }
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
  const heads = analysis.heads.map(({ id }) => id)
  const stray = Object.keys(settings.headWeights).find((id) => !heads.includes(id))
  if (stray !== undefined) {
    throw new AppError('input/invalid', `There is no head ${stray}.`, `The heads are ${heads.join(', ')}.`)
  }
  return analysis
}

function startingSummary(id: string, document: Document, analysis: Analysis, settings: TrainingSettings): RunSummary {
  const ids = analysis.heads.map((head) => head.id)
  const heads = ids.toSorted((a, b) => Number(b === analysis.mainHead) - Number(a === analysis.mainHead))
  return { id, name: document.name, state: 'starting', started: new Date().toISOString(), settings, classes: [], heads }
}
