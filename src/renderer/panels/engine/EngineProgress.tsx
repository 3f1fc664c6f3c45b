import { Check, Circle, CircleDot } from 'lucide-react'
import { ENGINE_TITLES, INSTALL_STEPS, type EngineFacts } from '../../../shared/engine.js'
import { useEngine } from '../../stores/services.js'
import { ProgressBar } from '../../ui/ProgressBar.js'
import { EngineLog } from './EngineLog.js'
import { fetchedShare, fetchWords, STEP_WORDS } from './words.js'

/** The steps of an installation, how far the present one is, and what pip prints, for who wants to see it. */
export function EngineProgress({ facts }: { readonly facts: EngineFacts | undefined }) {
  const { work } = useEngine()
  if (work.state === 'removing') return <ProgressBar label={`Removing ${ENGINE_TITLES[work.engine]}`} />
  if (work.state !== 'installing') return undefined
  const { progress, build } = work
  const at = INSTALL_STEPS.indexOf(progress.step)
  const share = fetchedShare(
    progress,
    facts?.offers.find((offer) => offer.build === build),
  )
  return (
    <section className="engine-progress" aria-label="Installation">
      <ol className="engine-steps">
        {INSTALL_STEPS.map((step, i) => {
          const Glyph = i < at ? Check : i === at ? CircleDot : Circle
          return (
            <li key={step} aria-current={i === at ? 'step' : undefined}>
              <Glyph size={16} strokeWidth={1.5} />
              {STEP_WORDS[step]}
            </li>
          )
        })}
      </ol>
      <ProgressBar label={`Installing TensorFlow: ${STEP_WORDS[progress.step]}`} share={share} />
      <p className="muted number">{progress.step === 'download' ? fetchWords(progress) : '\u00a0'}</p>
      <EngineLog />
    </section>
  )
}
