import type { RunSummary } from '../../../shared/api.js'
import { AppError } from '../../../shared/errors.js'
import { isOver, summaryIn } from '../../services/run-folders.js'
import { readRecord } from '../../trainer/run/runfolder.js'
import { wishStop } from '../../trainer/run/stop-wish.js'
import { findRun, oneArgument } from '../arguments.js'
import { defineCommand } from '../command.js'
import { jsonLine } from '../text.js'

/** Between two looks at a run that is ending: its step may take seconds. */
const INTERVAL_MS = 100

export const stop = defineCommand({
  name: 'stop',
  doc: 'Ask a run to end after its step, whichever program trains it, and wait until it has; `resume` goes on from there.',
  usage: '<run> [--json]',
  options: { json: { kind: 'flag', doc: 'Print how the run ended as JSON.' } },
  async run({ values, rest }, world) {
    const run = await findRun(oneArgument(rest, 'run'), world)
    if (isOver((await summaryIn(run)).state)) {
      const message = `${run} is not training now.`
      throw new AppError('run/not-found', message, 'Only a run that goes on can be stopped.')
    }
    await wishStop(run)
    if (!values.json) world.err('Stopping after this step …\n')
    const { id, state, error } = await ended(run)
    const { step } = await readRecord(run)
    if (values.json) world.out(jsonLine({ run: id, state, step, ...(error && { error }) }))
    else world.err(`${state} after ${step} steps\n`)
    return 0
  },
})

async function ended(run: string): Promise<RunSummary> {
  for (;;) {
    const summary = await summaryIn(run)
    if (isOver(summary.state)) return summary
    await new Promise((resolve) => setTimeout(resolve, INTERVAL_MS))
  }
}
