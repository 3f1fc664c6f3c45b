import type { RunSummary } from '../../shared/api.js'
import type { ErrorData } from '../../shared/errors.js'
import type {
  MemoryEvent,
  ProbeEvent,
  StartEvent,
  StepEvent,
  TrainingEvent,
  ValidationEvent,
} from '../../shared/training/events.js'

/** What the window knows of a run, whatever its phase. */
interface RunFacts {
  readonly id: string
  readonly name: string
  /** ISO 8601. */
  readonly started: string
  readonly settings: RunSummary['settings']
  readonly classes: readonly string[]
  /** Ids of the heads; the first is the main head. */
  readonly heads: readonly string[]
  /** How many of the run's events have been applied: the number of the next one. */
  readonly received: number
  readonly start?: StartEvent
  readonly step?: StepEvent
  readonly validation?: ValidationEvent
  /** The last look at gradients and activations. */
  readonly probe?: ProbeEvent
  /** The most memory its trainer has had. */
  readonly memory?: MemoryEvent
  /** How the losses of the heads count now, if a user changed it while it trained. */
  readonly headWeights?: Readonly<Record<string, number>>
}

type Phase =
  | { readonly state: 'starting' }
  | { readonly state: 'running' }
  | { readonly state: 'stopping' }
  | { readonly state: 'finished' }
  | { readonly state: 'stopped' }
  | { readonly state: 'failed'; readonly error: ErrorData }

/** One run; only a failed one has an error. */
export type Run = RunFacts & Phase

/** Everything that changes a run: its own events in order, and summaries that the host pushes or lists. */
export type RunEvent = TrainingEvent | { readonly type: 'summary'; readonly summary: RunSummary }

const UNEXPLAINED: ErrorData = {
  code: 'internal',
  message: 'Training ended without saying why.',
  hint: 'Train again; if it happens twice, the log has the details.',
}

/** A run of which only the summary is known. */
export function fromSummary(summary: RunSummary): Run {
  const { id, name, started, settings, classes, heads, lastValidation } = summary
  const facts = { id, name, started, settings, classes, heads, received: 0 }
  return withPhase(lastValidation ? { ...facts, validation: lastValidation } : facts, phaseOf(summary))
}

/** The run after an event; a run that has ended stays ended until it goes on. */
export function next(run: Run, event: RunEvent): Run {
  if (event.type === 'summary') return withSummary(run, event.summary)
  const received = { ...run, received: run.received + 1 }
  switch (event.type) {
    case 'start':
      return started(received, event)
    case 'step':
      return underWay({ ...received, step: event, heads: headsOf(run, event.heads) })
    case 'validation':
      return { ...received, validation: event }
    case 'probe':
      return { ...received, probe: event }
    case 'head-weights':
      return { ...received, headWeights: event.weights }
    case 'memory':
      return { ...received, memory: event }
    case 'end':
      return withPhase(
        received,
        event.reason === 'failed' ? { state: 'failed', error: event.error ?? UNEXPLAINED } : { state: event.reason },
      )
  }
}

/** True for a run that ended before all of its steps were made and can go on. */
export function canResume(run: Run): boolean {
  return run.state === 'stopped' || run.state === 'failed'
}

/** True while a trainer works on the run. */
export function isActive(run: Run): boolean {
  return run.state === 'starting' || run.state === 'running' || run.state === 'stopping'
}

function phaseOf({ state, error }: RunSummary): Phase {
  return state === 'failed' ? { state, error: error ?? UNEXPLAINED } : { state }
}

function withSummary(run: Run, summary: RunSummary): Run {
  const { name, settings, classes, lastValidation } = summary
  const heads = summary.heads.length > 0 ? summary.heads : run.heads
  const facts = { ...run, name, settings, heads, classes: classes.length > 0 ? classes : run.classes }
  const newer = lastValidation && lastValidation.step >= (run.validation?.step ?? 0)
  const seen = newer ? { ...facts, validation: lastValidation } : facts
  const late = rank(summary.state) < rank(run.state)
  return late ? seen : withPhase(seen, phaseOf(summary))
}

/** A pushed summary can be overtaken by an event: a run only moves forward, and goes on by its own events. */
function rank(state: RunSummary['state']): number {
  return { starting: 0, running: 1, stopping: 2, finished: 3, stopped: 3, failed: 3 }[state]
}

/** A run that goes on is under way again, whatever ended it, and shows the last step that still counts when it comes. */
function started(run: Run, event: StartEvent): Run {
  const facts = { ...run, start: event, classes: event.classes }
  return event.resumed === undefined ? underWay(facts) : withPhase(facts, { state: 'running' })
}

function underWay(run: Run): Run {
  return run.state === 'starting' ? withPhase(run, { state: 'running' }) : run
}

function withPhase(run: RunFacts & { readonly error?: ErrorData }, phase: Phase): Run {
  const { error: _, ...facts } = run
  return { ...facts, ...phase }
}

function headsOf(run: Run, heads: StepEvent['heads']): readonly string[] {
  return run.heads.length > 0 ? run.heads : Object.keys(heads)
}
