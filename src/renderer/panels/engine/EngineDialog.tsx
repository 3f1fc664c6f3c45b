import { useState } from 'react'
import {
  ENGINE_TITLES,
  engineOfBuild,
  isWorking,
  type EngineBuild,
  type EngineFacts,
  type EngineHere,
  type EngineName,
  type EngineOffer,
} from '../../../shared/engine.js'
import { useLoaded } from '../../stores/cache.js'
import { useEngine, useServices } from '../../stores/services.js'
import { Button } from '../../ui/Button.js'
import { Dialog } from '../../ui/Dialog.js'
import { bytesWords } from '../export/words.js'
import { Callout } from '../training/Callout.js'
import { EngineEnd } from './EngineEnd.js'
import { EngineProgress } from './EngineProgress.js'
import { EngineTable } from './EngineTable.js'
import { OfferChoice } from './OfferChoice.js'
import './engine.css'

/** Gets and removes TensorFlow; it may be closed and opened while that goes on. */
export function EngineDialog({ onClose }: { readonly onClose: () => void }) {
  const services = useServices()
  const { work } = useEngine()
  const loaded = useLoaded(services.engineFacts, '')
  const facts = loaded.state === 'ready' ? loaded.value : undefined
  const [chosen, choose] = useState<EngineBuild>()
  const [asking, ask] = useState(false)
  const hasCuda = facts?.nvidia === true && facts.offers.some((offer) => offer.build === 'cuda')
  const build = chosen ?? (hasCuda ? 'cuda' : 'processor')
  const offer = facts?.offers.find((one) => one.build === build)
  // What the buttons act on: the engine of the chosen package.
  const engine = facts?.engines.find(({ name }) => name === engineOfBuild(build))
  const working = isWorking(work)
  return (
    <Dialog
      title="Fast engine"
      isOpen
      onClose={onClose}
      size="medium"
      actions={
        asking && !working && engine?.own ? (
          <RemoveQuestion name={engine.name} bytes={engine.own.bytes} onAnswer={() => ask(false)} />
        ) : (
          <Buttons facts={facts} own={engine?.own} offer={offer} onRemove={() => ask(true)} onClose={onClose} />
        )
      }
    >
      <div className="engine">
        <p>
          TensorFlow trains nets on the processor in about two thirds of the time that the built-in engine takes, and on
          NVIDIA cards. Python’s pip fetches it into a folder of its own; nothing else on this computer is changed.
        </p>
        {loaded.state === 'loading' && <p className="muted">Looking for TensorFlow and Python …</p>}
        {loaded.state === 'failed' && (
          <Callout
            kind="error"
            message={loaded.error.message}
            hint={loaded.error.hint}
            action={<Button onPress={() => services.engineFacts.again('')}>Look again</Button>}
          />
        )}
        {facts && <EngineTable facts={facts} python={offer?.python} />}
        {facts && !working && <OfferChoice facts={facts} chosen={offer} onChange={choose} />}
        {working && <EngineProgress facts={facts} />}
        <EngineEnd facts={facts} />
      </div>
    </Dialog>
  )
}

interface ButtonsProps {
  readonly facts: EngineFacts | undefined
  readonly own: EngineHere['own']
  readonly offer: EngineOffer | undefined
  readonly onRemove: () => void
  readonly onClose: () => void
}

function Buttons({ facts, own, offer, onRemove, onClose }: ButtonsProps) {
  const { engine } = useServices()
  const { work } = useEngine()
  const working = isWorking(work)
  const hasRoom = !offer || facts?.free === undefined || facts.free >= offer.disk
  const ready = offer?.python !== undefined && hasRoom
  const again = work.state !== 'failed' && own !== undefined
  return (
    <>
      {own && !working && (
        <Button kind="danger" onPress={onRemove}>
          Remove…
        </Button>
      )}
      <Button onPress={onClose}>{working ? 'Go on in the background' : 'Close'}</Button>
      {work.state === 'installing' ? (
        <Button kind="danger" isDisabled={work.stopping} onPress={() => void engine.cancel()}>
          {work.stopping ? 'Stopping…' : 'Stop'}
        </Button>
      ) : (
        <Button
          kind={again ? 'outlined' : 'primary'}
          isDisabled={working || !ready}
          onPress={() => offer && void engine.install(offer.build)}
        >
          {work.state === 'failed' ? 'Try again' : again ? 'Install again' : 'Install'}
        </Button>
      )}
    </>
  )
}

interface QuestionProps {
  readonly name: EngineName
  readonly bytes: number
  readonly onAnswer: () => void
}

function RemoveQuestion({ name, bytes, onAnswer }: QuestionProps) {
  const { engine } = useServices()
  const remove = () => {
    onAnswer()
    void engine.remove(name)
  }
  return (
    <div className="engine-question" role="group" aria-label={`Remove ${ENGINE_TITLES[name]}?`}>
      <p>{`Remove ${ENGINE_TITLES[name]} and free ${bytesWords(bytes)}? Nets and runs stay.`}</p>
      {/* The answer that loses nothing has the focus. */}
      {/* eslint-disable-next-line jsx-a11y/no-autofocus */}
      <Button autoFocus onPress={onAnswer}>
        Keep it
      </Button>
      <Button kind="danger" onPress={remove}>
        Remove
      </Button>
    </div>
  )
}
