import { RotateCw, Target } from 'lucide-react'
import { useState } from 'react'
import type { Evaluation, HeadEvaluation } from '../../../shared/api.js'
import { useLoaded } from '../../stores/cache.js'
import { isActive, type Run } from '../../stores/run.js'
import { useServices } from '../../stores/services.js'
import { Button, IconButton } from '../../ui/Button.js'
import { EmptyState } from '../../ui/EmptyState.js'
import { grouped, percent, words } from '../../ui/format.js'
import { Segmented } from '../../ui/Segmented.js'
import { Callout } from '../training/Callout.js'
import { ScrollArea } from '../training/ScrollArea.js'
import { useShownRun } from '../training/useTraining.js'
import { ConfusionMatrix } from './ConfusionMatrix.js'
import { mixUps } from './confusion.js'
import { Predictor } from './Predictor.js'
import './results.css'

/** What a trained net can do: accuracy of each head, what it mixes up, and its answer to an image of the user's. */
export function ResultsPanel() {
  const run = useShownRun()
  if (!run) {
    return (
      <EmptyState icon={Target} title="Results of a trained net">
        Train the net: its accuracy, what it mixes up, and its answers to your own images will be here.
      </EmptyState>
    )
  }
  if (isActive(run)) {
    return (
      <EmptyState icon={Target} title={`${run.name} is training`}>
        The evaluation begins when the run ends.
      </EmptyState>
    )
  }
  return (
    <div className="results">
      <Evaluated key={run.id} run={run} />
      <Predictor key={`predict ${run.id}`} run={run} />
    </div>
  )
}

function Evaluated({ run }: { readonly run: Run }) {
  const { evaluations } = useServices()
  const evaluation = useLoaded(evaluations, run.id)
  if (evaluation.state === 'loading') {
    return <EmptyState icon={Target} title="Evaluating on the validation images" />
  }
  if (evaluation.state === 'failed') {
    return (
      <div className="results-failed">
        <Callout
          kind="error"
          message={evaluation.error.message}
          hint={evaluation.error.hint}
          action={<Button onPress={() => evaluations.again(run.id)}>Evaluate again</Button>}
        />
      </div>
    )
  }
  return <Report run={run} evaluation={evaluation.value} onAgain={() => evaluations.again(run.id)} />
}

interface ReportProps {
  readonly run: Run
  readonly evaluation: Evaluation
  readonly onAgain: () => void
}

function Report({ run, evaluation, onAgain }: ReportProps) {
  const ids = Object.keys(evaluation.heads).sort((a, b) => order(run, a) - order(run, b))
  const [chosen, setChosen] = useState(ids[0]!)
  const head = evaluation.heads[chosen] ?? evaluation.heads[ids[0]!]!
  return (
    <>
      <section className="results-heads" aria-label="Accuracy of each head">
        <header className="results-head">
          <h2 className="section-title">{`On ${grouped(evaluation.images)} validation images`}</h2>
          <IconButton icon={RotateCw} label="Evaluate again" onPress={onAgain} />
        </header>
        <dl className="accuracies">
          {ids.map((id) => (
            <div key={id} className="accuracy">
              <dt>{words(id)}</dt>
              <dd className="accuracy-value">{percent(evaluation.heads[id]!.accuracy)}</dd>
              <dd className="accuracy-loss">{lossWords(evaluation.heads[id]!)}</dd>
            </div>
          ))}
        </dl>
        <MixUps classes={evaluation.classes} confusion={head.confusion} />
      </section>
      <section className="results-matrix" aria-label="Confusion matrix">
        <header className="results-head">
          <h2 className="section-title">Confusion matrix</h2>
          {ids.length > 1 && (
            <Segmented
              label="Head of the confusion matrix"
              options={ids.map((id) => ({ id, title: words(id) }))}
              value={chosen}
              onChange={setChosen}
            />
          )}
        </header>
        <ConfusionMatrix classes={evaluation.classes} confusion={head.confusion} />
      </section>
    </>
  )
}

function MixUps(props: { readonly classes: readonly string[]; readonly confusion: readonly (readonly number[])[] }) {
  const worst = mixUps(props.confusion, 5)
  return (
    <section className="results-mixups" aria-label="Most frequent mix-ups">
      <h2 className="section-title">Most frequent mix-ups</h2>
      {worst.length === 0 && <p className="muted">None: every image was right.</p>}
      <ScrollArea label="Mix-ups">
        <ol className="mixups">
          {worst.map(({ truth, answer, count, share }) => (
            <li key={`${truth} ${answer}`}>
              <span className="mixup-names">{`${props.classes[truth]} taken for ${props.classes[answer]}`}</span>
              <span className="muted">{`${grouped(count)}, ${percent(share)}`}</span>
            </li>
          ))}
        </ol>
      </ScrollArea>
    </section>
  )
}

function order(run: Run, head: string): number {
  const at = run.heads.indexOf(head)
  return at < 0 ? run.heads.length : at
}

/** `loss 0.412`; of a head that answers with a number also how far off it is. */
function lossWords({ loss, error }: HeadEvaluation): string {
  return error === undefined ? `loss ${loss.toFixed(3)}` : `loss ${loss.toFixed(3)}, off by ${error.toFixed(2)}`
}
