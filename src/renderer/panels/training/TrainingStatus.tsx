import { statusWords } from './progress.js'
import { useShownRun } from './useTraining.js'

/** One line on the shown run, for the right end of the dock's tab row. */
export function TrainingStatus() {
  const run = useShownRun()
  return run && <span className="training-status">{`${run.name} · ${statusWords(run)}`}</span>
}
