import { setTraining } from '../../../shared/document/commands.js'
import { print } from '../../../shared/document/file.js'
import type { TrainingSettings } from '../../../shared/training/settings.js'
import { useLoaded } from '../../stores/cache.js'
import { editRoot } from '../../stores/document.js'
import { isActive, type Run } from '../../stores/run.js'
import { dataKey, useRuns, useServices } from '../../stores/services.js'
import { useNet } from './net.js'
import { obstacles, type Obstacle } from './problems.js'
import { settingsOf, settingsToSend } from './settings.js'

/** The settings of the shown document, and how to change a part of them; `burst` joins keystrokes to one undo step. */
export function useSettingsOf() {
  const { document } = useNet()
  const change = (part: Partial<TrainingSettings>, burst?: string) => editRoot(setTraining(part), burst)
  return { settings: settingsOf(document), change }
}

/** The run that charts and results show. */
export function useShownRun(): Run | undefined {
  return useRuns(({ runs, shown }) => runs.find((run) => run.id === shown))
}

/** The run a trainer works on. */
export function useActiveRun(): Run | undefined {
  return useRuns(({ runs }) => runs.find(isActive))
}

const NOTHING_OPEN: Obstacle = { message: 'No net is open.', hint: 'Start with a template, or open a stored net.' }

/** What keeps the shown document from being trained, and whether the answer waits for the data to be read. */
export function useObstacles(): { readonly list: readonly Obstacle[]; readonly reading: boolean } {
  const services = useServices()
  const { document, analysis, isOpen } = useNet()
  const { settings } = useSettingsOf()
  const data = useLoaded(services.data, dataKey(settings.data, settings.validationShare))
  const devices = useLoaded(services.devices, '')
  const list = !isOpen ? [NOTHING_OPEN] : obstacles({ document, analysis, settings, data, devices })
  return { list, reading: data.state === 'loading' }
}

/** Starts a run of the shown document. */
export function useStart(): () => void {
  const { runs } = useServices()
  const { document, analysis } = useNet()
  return () => void runs.start(print(document), settingsToSend(document, analysis))
}
